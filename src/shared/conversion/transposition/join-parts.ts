import { zeroPhase } from '../../dsp/zero-phase.ts'
import type { JoinInput } from '../../kernels/transposition.ts'

/** The moved voice and its noise where the mask says, the original elsewhere, with the original's loudness contour. */
export function joinParts(input: JoinInput): Float64Array {
  const { x, moved, noise, ratios, mask, leastDensity, leastGain, greatestGain } = input
  const joined = moved.map((value, index) => {
    const density = Math.sqrt(Math.max(ratios[index], leastDensity))
    return (value / density + noise[index]) * mask[index] + x[index] * (1 - mask[index])
  })
  const wanted = power(x, input)
  const found = power(joined, input)
  return joined.map((value, index) => {
    const gain = Math.sqrt(wanted[index] / found[index])
    return value * Math.min(Math.max(gain, leastGain), greatestGain)
  })
}

function power(x: Float64Array, { smoothing, levelFloor }: JoinInput): Float64Array {
  const smooth = zeroPhase(
    [smoothing],
    x.map((value) => value * value),
  )
  return smooth.map((value) => Math.max(value, 0) + levelFloor)
}
