import { moveJoin, useTake } from '../../../shared/project/edits/takes.ts'
import type { Region } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import { sourceAt } from '../takes/take-view.ts'
import type { Gesture, GesturePoint, GestureStart } from './gesture.ts'

const sourceUnder = ({ editor }: Pick<GestureStart, 'editor'>, region: Region, { xPx, isFree }: GesturePoint): number =>
  sourceAt(editor.session.time, region, editor.viewport.positionAt(xPx), isFree ? 'off' : editor.snapStep)

/** Lets a take sound over what the pointer sweeps. */
export const swipeTakeGesture =
  (region: Region, number: number) =>
  (start: GestureStart): Gesture => {
    const { session } = start.editor
    const from = sourceUnder(start, region, start.origin)
    session.begin(say.edits.takeIn(number, region.name))
    return {
      move(point) {
        const to = sourceUnder(start, region, point)
        session.continue((before) => useTake(before, region.id, number, Math.min(from, to), Math.max(from, to)))
      },
      end: () => session.commit(),
      cancel: () => session.abandon(),
    }
  }

/** Moves where one take gives way to the next. */
export const moveJoinGesture =
  (region: Region, index: number) =>
  (start: GestureStart): Gesture => {
    const { session } = start.editor
    session.begin(say.edits.moveJoin(region.name))
    return {
      move: (point) =>
        session.continue((before) => moveJoin(before, region.id, index, sourceUnder(start, region, point))),
      end: () => session.commit(),
      cancel: () => session.abandon(),
    }
  }
