import { runGatedStack } from '../dsp/gated-stack.ts'
import { scaledAndShifted } from '../dsp/inverse-autoregression.ts'
import { heardRows } from '../networks/parallel-wavenet-vocoder/heard-rows.ts'
import { createParallelWavenet } from '../networks/parallel-wavenet-vocoder/inference.ts'
import { FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import { conditionRows } from './condition.ts'
import type { ExciteVocoder } from './excite.ts'
import { createNoise } from './noise.ts'
import { createPeriodLags } from './period-lags.ts'
import { createPitchCourse, pulseTrain } from './pitch-source.ts'
import { stretchesOf } from './stretches.ts'

/** Five seconds: what is heard before a stretch is then a small part of it. */
const CHUNK_FRAMES = 1000

/** Noise through the flows, all samples of a stretch at once, in f32. */
export const exciteParallelWavenet: ExciteVocoder<'parallel-wavenet'> = function* (model, features, options) {
  const { config, parameters, normal } = model
  const { sampleCount, seed, noiseGain, chunkFrames = CHUNK_FRAMES, progress, kernels } = options
  const { stacks, reachFrames, condition } = createParallelWavenet(config, parameters)
  const run = kernels.gatedStack ?? runGatedStack
  const readPitch = createPitchCourse(features.f0)
  const readLags = createPeriodLags(features.f0)
  const readNoise = createNoise(seed)
  for (const { first, end, from } of stretchesOf(sampleCount, { chunkFrames, reachFrames }, progress)) {
    const [start, count] = [from * FRAME_SAMPLES, (end - from) * FRAME_SAMPLES]
    const course = readPitch(start, count)
    const pulses = pulseTrain(course)
    const pitch = { lags: readLags(start, count), turns: course.cycles }
    const told = condition(conditionRows(features, normal, from, end - from), end - from, from)
    const noise = readNoise(start, count).map((sample) => noiseGain * sample)
    const sung = stacks.reduce<Float32Array>(
      (z, stack) => scaledAndShifted(z, run(stack, heardRows(z, pitch, pulses), count, told), stack),
      noise,
    )
    // Flows look back only: nothing behind a stretch is heard.
    yield sung.subarray((first - from) * FRAME_SAMPLES)
  }
}
