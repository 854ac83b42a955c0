import { GROUP_SEGMENTS, type SamplerDecoder } from './decoder.ts'
import type { SamplerPrecision } from './memory/network.ts'

/** Groups of four that a thread sings in lock-step: integers gain nothing by more. */
const USUAL_GROUPS = 2
/** Fused sums are taken of one and a half groups at a time, so that three fill whole turns … */
const FUSED_GROUPS = 3
/** … where their past stays near the processor: beyond this, waiting for it costs more than the turns bring. */
const MOST_PAST_BYTES = 14e6

/** How many groups a thread takes at once of a song that has enough segments. Levels do not depend on it. */
export function groupsAtOnce({ residual, dilations }: SamplerDecoder, precision: SamplerPrecision): number {
  if (precision !== 'f32') return USUAL_GROUPS
  const past = dilations.reduce((sum, dilation) => sum + dilation + 1, 0)
  const bytes = Float32Array.BYTES_PER_ELEMENT * past * residual * GROUP_SEGMENTS * FUSED_GROUPS
  return bytes <= MOST_PAST_BYTES ? FUSED_GROUPS : USUAL_GROUPS
}
