import { silentProgress, throwIfCancelled, type Progress } from '../base/progress.ts'
import type { Convolve } from '../dsp/packed-convolution.ts'
import { FRAME_SAMPLES, GROUP, GROUPS_PER_FRAME, SOURCE_CHANNELS } from '../networks/source-filter/config.ts'
import { createSourceFilter, stretchReach } from '../networks/source-filter/inference.ts'
import { sourceRows } from '../networks/source-filter/source-rows.ts'
import { conditionRows } from './condition.ts'
import type { VocoderFeatures } from './features.ts'
import { createNoise } from './noise.ts'
import { createPitchCourse, phaseRows, pulseTrain } from './pitch-source.ts'
import type { VocoderModel } from './vocoder-model.ts'

export interface ExcitationOptions {
  readonly sampleCount: number
  readonly seed: number
  /** How loud the noise is that drives the network; 1 as in training. */
  readonly noiseGain?: number
  /** Samples are made so many frames at a time: memory follows, the numbers do not. */
  readonly chunkFrames?: number
  readonly progress?: Progress
  readonly convolve?: Convolve | undefined
}

/** What sounds cleaner than it was learned: nets come out too noisy. */
export const USUAL_NOISE_GAIN = 0.7
const CHUNK_FRAMES = 200

/**
 * What a trained vocoder makes of features before their envelope is put back, given in order, piece by piece. Each piece is
 * computed with as much around it as the network hears, so that the sound is bit for bit the same for any chunk.
 */
export function* renderExcitation(
  { config, parameters, normal }: VocoderModel,
  features: VocoderFeatures,
  options: ExcitationOptions,
): Generator<Float32Array> {
  const { sampleCount, seed, noiseGain = USUAL_NOISE_GAIN, chunkFrames = CHUNK_FRAMES } = options
  const { progress = silentProgress, convolve } = options
  const network = createSourceFilter(config, parameters, convolve)
  const readPitch = createPitchCourse(features.f0)
  const readNoise = createNoise(seed)
  const frames = Math.ceil(sampleCount / FRAME_SAMPLES)
  const reach = stretchReach(config) / GROUPS_PER_FRAME
  for (let first = 0; first < frames; first += chunkFrames) {
    throwIfCancelled(progress)
    progress.report(first / frames, 'singing')
    const end = Math.min(first + chunkFrames, frames)
    const from = Math.max(first - reach, 0)
    const to = Math.min(end + reach, frames)
    const [start, count] = [from * FRAME_SAMPLES, (to - from) * FRAME_SAMPLES]
    const course = readPitch(start, count)
    const source = new Float32Array((count / GROUP) * SOURCE_CHANNELS)
    sourceRows(pulseTrain(course), readNoise(start, count), source, noiseGain)
    const sound = network({
      source,
      phase: phaseRows(course),
      features: conditionRows(features, normal, from, to - from),
      before: (first - from) * GROUPS_PER_FRAME,
      after: (to - end) * GROUPS_PER_FRAME,
    })
    yield sound.subarray(0, Math.min(sound.length, sampleCount - first * FRAME_SAMPLES))
  }
}
