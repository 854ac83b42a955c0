/** A flag of a row above the ruler, in pixels from the left edge of the lanes. */
export interface FlagPlace {
  readonly leftPx: number
  readonly widthPx: number
}

const LEAST_PX = 24

/** A flag is at least as wide as a target must be, and never runs under the next one. */
export const flagPlace = (leftPx: number, nextPx: number, mostPx: number): FlagPlace => ({
  leftPx,
  widthPx: Math.max(LEAST_PX, Math.min(mostPx, nextPx - leftPx - 1)),
})

export const isFlagSeen = ({ leftPx, widthPx }: FlagPlace, rowPx: number): boolean =>
  leftPx > -widthPx && leftPx < rowPx
