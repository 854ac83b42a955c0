import type { Resample } from '../../shared/conversion/sound.ts'
import { designPolyphase, filterPolyphase, paddedInput, type Polyphase } from '../../shared/dsp/polyphase.ts'
import type { Kernels } from '../../shared/kernels/kernels.ts'
import { createResampler, resampledLength } from '../files/resample.ts'

/**
 * What analysis hears the sound through: to a lower rate by a filter of the program's own, a tenth of the work of the
 * converter that sound itself is resampled with, which serves where rates rise or have no small ratio.
 */
export async function createAnalysisResampler({ polyphase: filter = filterPolyphase }: Kernels): Promise<Resample> {
  const resample = await createResampler()
  const designs = new Map<string, Polyphase | null>()
  return (mono, fromHz, toHz) => {
    const rates = `${fromHz}/${toHz}`
    if (!designs.has(rates)) designs.set(rates, designPolyphase(fromHz, toHz))
    const design = designs.get(rates) ?? null
    if (design === null) return resample(mono, fromHz, toHz)
    const count = resampledLength(mono.length, fromHz, toHz)
    return filter(paddedInput(mono, design, count), design, count)
  }
}
