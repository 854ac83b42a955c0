import { regionEnd } from '../../shared/project/queries.ts'
import type { Region } from '../../shared/project/model.ts'

/**
 * A lane draws its regions beside a place that moves only now and then, and is shifted as a whole in between: a frame
 * of scrolling then touches the few lanes whose turn it is, not every region. Lanes have their turns at different
 * places.
 */
export interface LaneWindow {
  /** Pixels from the song's start that the regions' boxes are measured from. */
  readonly originPx: number
  /** Left edge of what is drawn, never right of the scroll; `WINDOW_STEP_PX` behind it at most. */
  readonly windowPx: number
}

/** Often enough that little comes into sight at once. */
export const WINDOW_STEP_PX = 256
/** Boxes stay within what a browser can place, at any zoom. */
export const ORIGIN_STEP_PX = 4096
/** Prime to both steps, so that neighbors are far apart. */
const PHASE_PX = 1637

export const laneWindow = (scrollPx: number, laneIndex: number): LaneWindow => ({
  originPx: steppedDown(scrollPx, ORIGIN_STEP_PX, laneIndex * PHASE_PX),
  windowPx: steppedDown(scrollPx, WINDOW_STEP_PX, laneIndex * PHASE_PX),
})

interface Zoom {
  /** Of what is in sight. */
  readonly widthPx: number
  readonly samplesPerPx: number
}

/** What of the song lies in a lane's window. */
export const shownSpan = ({ windowPx }: Pick<LaneWindow, 'windowPx'>, { widthPx, samplesPerPx }: Zoom) => ({
  startSamples: Math.round(windowPx * samplesPerPx),
  endSamples: Math.round((windowPx + WINDOW_STEP_PX + widthPx) * samplesPerPx),
  samplesPerPx,
})

/** The regions that reach into a lane's window. */
export function shownIn(
  regions: readonly Region[],
  window: Pick<LaneWindow, 'windowPx'>,
  zoom: Zoom,
): readonly Region[] {
  const { startSamples, endSamples } = shownSpan(window, zoom)
  return regions.filter((region) => region.startSamples < endSamples && regionEnd(region) > startSamples)
}

/** The last place at or before a position, of places that are `stepPx` apart. */
function steppedDown(px: number, stepPx: number, phasePx: number): number {
  const phase = phasePx % stepPx
  return Math.floor((px - phase) / stepPx) * stepPx + phase
}
