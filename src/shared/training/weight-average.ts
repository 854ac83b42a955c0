const LONGEST_AVERAGE = 0.999

/** How much of the average of the weights stays at an update: ever more, so that it does not remember the beginning. */
export const averageShare = (step: number): number => Math.min((step + 1) / (step + 10), LONGEST_AVERAGE)

/** Takes an update's weights into their running mean, in place. @param step done before it */
export function addToAverage(average: Float32Array, weights: Float32Array, step: number): void {
  const kept = averageShare(step)
  for (let i = 0; i < average.length; i++) average[i] = kept * average[i] + (1 - kept) * weights[i]
}
