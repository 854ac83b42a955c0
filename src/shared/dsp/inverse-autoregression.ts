import type { GatedStack, RunGatedStack, StackCondition } from './gated-stack.ts'
import { packedStride } from './packed-rows.ts'

/**
 * Inverse autoregressive flows one after the other (Kingma et al. 2016, as ClariNet composes them), all samples at once:
 * each of them shifts and scales every sample by what its stack says of the noise before it.
 * @param stacks causal, of one input; shifts, then log-scales
 * @param noise [samples]
 * @returns [samples], the first of them 0
 */
export function inverseAutoregression(
  stacks: readonly GatedStack[],
  noise: Float32Array,
  condition: StackCondition,
  run: RunGatedStack,
): Float32Array {
  return stacks.reduce<Float32Array>(
    (z, stack) => scaledAndShifted(z, run(stack, z, z.length, condition), stack, ONE_LATE),
    noise,
  )
}

/** Of what a stack says that sees a sample itself: it is about the next one. */
const ONE_LATE = 1

/**
 * Samples as a stack's result scales and shifts them.
 * @param found shifts, then log-scales, `packedStride` of the last layer a row
 * @param delay of a sample behind the row that it is moved by; the first ones are 0
 */
export function scaledAndShifted(z: Float32Array, found: Float32Array, { tail }: GatedStack, delay = 0): Float32Array {
  const stride = packedStride(tail[tail.length - 1].layer)
  const next = new Float32Array(z.length)
  for (let at = delay; at < z.length; at++) {
    const from = (at - delay) * stride
    next[at] = z[at] * Math.exp(found[from + 1]) + found[from]
  }
  return next
}
