import { setLoop } from '../../../shared/project/edits/document.ts'
import type { Loop } from '../../../shared/project/model.ts'
import { snapPosition } from '../../../shared/project/snap.ts'
import { quartersAt, samplesAt } from '../../../shared/units/song-time.ts'
import type { Samples } from '../../../shared/units/time.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Gesture, GesturePoint, GestureStart } from './gesture.ts'

/** What of the loop is dragged: an edge, all of it, or a new one from here. */
export type LoopGrip = 'start' | 'end' | 'whole' | 'new'

const GRIP_PX = 6

export function loopGripAt(xPx: number, loop: Loop, xOf: (position: Samples) => number): LoopGrip {
  const [start, end] = [xOf(loop.startSamples), xOf(loop.endSamples)]
  if (end <= start) return 'new'
  if (Math.abs(xPx - start) <= GRIP_PX) return 'start'
  if (Math.abs(xPx - end) <= GRIP_PX) return 'end'
  return xPx > start && xPx < end ? 'whole' : 'new'
}

export const loopGesture =
  (grip: LoopGrip) =>
  ({ editor, ui, origin }: GestureStart): Gesture => {
    const { session, viewport } = editor
    const { loop } = session.project
    const held = (position: Samples, isFree: boolean): Samples =>
      snapPosition(position, isFree ? 'off' : editor.snapStep, session.time)
    session.begin(say.edits.setLoop)

    function spanAt(point: GesturePoint): [Samples, Samples] {
      const here = held(viewport.positionAt(point.xPx), point.isFree)
      if (grip === 'start') return [here, loop.endSamples]
      if (grip === 'end') return [loop.startSamples, here]
      if (grip === 'new') return [held(viewport.positionAt(origin.xPx), point.isFree), here]
      const travelled = Math.round((point.xPx - origin.xPx) * viewport.samplesPerPx)
      const start = held(Math.max(0, loop.startSamples + travelled), point.isFree)
      return [start, endOfWhole(start, point.isFree)]
    }
    /** On the grid a loop keeps its bars and beats, off it its length. */
    function endOfWhole(start: Samples, isFree: boolean): Samples {
      const end = start + loop.endSamples - loop.startSamples
      if (isFree || editor.snapStep === 'off' || editor.snapStep === '10 ms') return end
      const { time } = session
      const quarters = quartersAt(time, loop.endSamples) - quartersAt(time, loop.startSamples)
      const moved = samplesAt(time, quartersAt(time, start) + quarters)
      const line = snapPosition(moved, '1/32', time)
      return Math.abs(line - moved) <= 1 ? line : moved // both ends were rounded to their samples
    }
    return {
      move(point) {
        session.continue((before) => {
          const [a, b] = spanAt(point)
          const span = { startSamples: Math.min(a, b), endSamples: Math.max(a, b) }
          return setLoop(before, { isOn: span.endSamples > span.startSamples, ...span })
        })
        ui.snapLineSamples = null
      },
      end: () => session.commit(),
      cancel: () => session.abandon(),
    }
  }
