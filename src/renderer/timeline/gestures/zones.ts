/** What a press on a region takes hold of. */
export type Zone = 'body' | 'start' | 'end' | 'fade-in' | 'fade-out'

export interface ZoneInput {
  /** From the region's own corner. */
  readonly xPx: number
  readonly yPx: number
  readonly widthPx: number
  readonly fadeInPx: number
  readonly fadeOutPx: number
  /** Handles of fades are there on selected regions only. */
  readonly hasHandles: boolean
}

const EDGE_PX = 8
const NARROW_PX = 32
/** A mark of 8 px carries a target of 24. */
const HANDLE_REACH_PX = 12
/** Middle of the fade marks, below the strip. */
const HANDLE_TOP_PX = 25
/** How far the marks stand inside the region when there is no fade. */
export const HANDLE_INSET_PX = 9

/** In narrow regions the edges shrink to a quarter, so that there is always a body to take hold of. */
export const edgeWidthPx = (widthPx: number): number => (widthPx < NARROW_PX ? widthPx / 4 : EDGE_PX)

export function zoneAt(input: ZoneInput): Zone {
  const { xPx, yPx, widthPx, hasHandles } = input
  if (hasHandles && Math.abs(yPx - HANDLE_TOP_PX) <= HANDLE_REACH_PX && widthPx >= 2 * NARROW_PX) {
    const inAt = Math.max(HANDLE_INSET_PX, input.fadeInPx)
    const outAt = widthPx - Math.max(HANDLE_INSET_PX, input.fadeOutPx)
    if (Math.abs(xPx - inAt) <= HANDLE_REACH_PX && xPx < widthPx / 2 + input.fadeInPx) return 'fade-in'
    if (Math.abs(xPx - outAt) <= HANDLE_REACH_PX) return 'fade-out'
  }
  const edge = edgeWidthPx(widthPx)
  if (xPx < edge) return 'start'
  return xPx > widthPx - edge ? 'end' : 'body'
}
