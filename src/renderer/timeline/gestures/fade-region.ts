import { changeRegions } from '../../../shared/project/edits/regions.ts'
import type { Region } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Gesture, GestureStart } from './gesture.ts'

/** Drags the length of a fade; fades are never held by the grid. */
export const fadeRegionGesture =
  (region: Region, side: 'in' | 'out') =>
  ({ editor, origin }: GestureStart): Gesture => {
    const { session, viewport } = editor
    session.begin(say.edits[side === 'in' ? 'fadeIn' : 'fadeOut'](region.name))
    return {
      move(point) {
        const travelled = Math.round((point.xPx - origin.xPx) * viewport.samplesPerPx)
        const change =
          side === 'in'
            ? {
                fadeInSamples: fadeLength(
                  region.fadeInSamples + travelled,
                  region.durationSamples - region.fadeOutSamples,
                ),
              }
            : {
                fadeOutSamples: fadeLength(
                  region.fadeOutSamples - travelled,
                  region.durationSamples - region.fadeInSamples,
                ),
              }
        session.continue((before) => changeRegions(before, [region.id], change))
      },
      end: () => session.commit(),
      cancel: () => session.abandon(),
    }
  }

const fadeLength = (wanted: number, room: number): number => Math.min(room, Math.max(0, wanted))
