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
  let z = noise
  for (const stack of stacks) {
    const found = run(stack, z, z.length, condition)
    const stride = packedStride(stack.tail[stack.tail.length - 1].layer)
    const next = new Float32Array(z.length)
    for (let at = 1; at < z.length; at++) {
      const from = (at - 1) * stride
      next[at] = z[at] * Math.exp(found[from + 1]) + found[from]
    }
    z = next
  }
  return z
}
