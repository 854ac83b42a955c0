import type { OfBoth } from '../../networks/wavenet-autoencoder/training-step.ts'
import type { WaveformClip } from './clip.ts'
import type { TranslationPlan, WaveformPlan, WaveformRates } from './plans.ts'
import { augmentations } from './augmentation.ts'

/** @param step steps done */
export const waveformRates = (
  step: number,
  { autoencoder, decay, decaySteps, adversaries }: WaveformRates,
): OfBoth => ({
  autoencoder: autoencoder * decay ** Math.floor(step / decaySteps),
  adversaries,
})

/** Steps in which as much is drawn as there is, every way that it is turned counted. */
export function stepsPerEpoch(clips: readonly WaveformClip[], plan: WaveformPlan): number {
  const samples = clips.reduce((sum, { levels }) => sum + levels.length, 0)
  const drawn = plan.batchSize * plan.segmentSamples
  return Math.max(Math.ceil(((plan.isAugmented ? augmentations.length : 1) * samples) / drawn), 1)
}

/** Whether others' readings are to be sung before the next step. @param step steps done */
export function isTranslationDue(step: number, { startStep, every }: TranslationPlan, epochSteps: number): boolean {
  const steps = 'steps' in every ? every.steps : every.epochs * epochSteps
  return step >= startStep && (step - startStep) % steps === 0
}
