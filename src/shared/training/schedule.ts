/** Share of the steps in which the rate rises. */
const WARM_UP_SHARE = 0.1

/**
 * One-cycle rate (Smith and Topin 2018): a straight rise over the first tenth, then half a cosine down to 0.
 * @param step 0 for the first
 */
export function oneCycleRate(step: number, stepCount: number, peakRate: number): number {
  const warmUp = Math.max(Math.round(WARM_UP_SHARE * stepCount), 1)
  if (step < warmUp) return (peakRate * (step + 1)) / warmUp
  const fallen = (step + 1 - warmUp) / (stepCount - warmUp)
  return (peakRate * (1 + Math.cos(Math.PI * fallen))) / 2
}
