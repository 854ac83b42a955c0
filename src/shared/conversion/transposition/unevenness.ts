import type { Numbers } from '../../dsp/numbers.ts'
import type { TranspositionSteps } from '../../kernels/transposition.ts'
import { voiceCurves, type GaplessPitch } from './voice-curves.ts'

/** What is done to what does not repeat in a voice after it was moved. */
export interface Unevenness {
  /** Hz per 5 ms frame after the move, 0 unvoiced. */
  readonly f0: Numbers
  /** The same through the gaps of the whole file. */
  readonly gapless: GaplessPitch
  readonly shape: (uneven: Float64Array) => Float64Array
}

/**
 * Changes what does not repeat in a moved voice at its new pitch: the source's breath between its harmonics, of which a
 * comb at the source's pitch takes half, and what differs from grain to grain. As it was where the shape changes nothing.
 */
export function shapeUneven(
  moved: Float64Array,
  { f0, gapless, shape }: Unevenness,
  { rateHz, firstFrame }: { readonly rateHz: number; readonly firstFrame: number },
  steps: Pick<TranspositionSteps, 'split' | 'toSamples'>,
): Float64Array {
  const { periodSamples, harmonicShare } = voiceCurves(f0, rateHz, moved.length, gapless, firstFrame, steps.toSamples)
  const { harmonic, noise } = steps.split(moved, periodSamples, harmonicShare)
  const shaped = shape(noise)
  return harmonic.map((value, index) => value + shaped[index])
}
