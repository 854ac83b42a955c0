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

/** The last place at or before a position, of places that are `stepPx` apart. */
function steppedDown(px: number, stepPx: number, phasePx: number): number {
  const phase = phasePx % stepPx
  return Math.floor((px - phase) / stepPx) * stepPx + phase
}
