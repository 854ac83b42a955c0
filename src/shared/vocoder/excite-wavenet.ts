import { openCausalStack, type CausalStream } from '../dsp/causal-stack.ts'
import { FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import { HEARD_SAMPLES } from '../networks/wavenet-vocoder/between-samples.ts'
import { INPUTS, LEAST_LOG_DEVIATION } from '../networks/wavenet-vocoder/config.ts'
import { createWavenetVocoder } from '../networks/wavenet-vocoder/inference.ts'
import { inputsOf } from '../networks/wavenet-vocoder/inputs.ts'
import { conditionRows } from './condition.ts'
import type { ExciteVocoder } from './excite.ts'
import { createLevelGuard } from './level-guard.ts'
import { createNoise } from './noise.ts'
import { createPeriodLags } from './period-lags.ts'
import { createPitchCourse } from './pitch-source.ts'
import { stretchesOf } from './stretches.ts'

const CHUNK_FRAMES = 100

/** One sample after the other from Gaussians that follow from those before, in f32, under a level guard. */
export const exciteWavenet: ExciteVocoder<'wavenet'> = function* (model, features, options) {
  const { config, parameters, normal } = model
  const { sampleCount, seed, noiseGain, chunkFrames = CHUNK_FRAMES, progress, kernels } = options
  const { stack, condition } = createWavenetVocoder(config, parameters)
  const stream = (kernels.causalStack ?? openCausalStack)(stack)
  const readPitch = createPitchCourse(features.f0)
  const readLags = createPeriodLags(features.f0)
  const readNoise = createNoise(seed)
  const guard = createLevelGuard()
  const row = new Float32Array(INPUTS)
  let past = new Float32Array(HEARD_SAMPLES)
  for (const { first, end } of stretchesOf(sampleCount, { chunkFrames, reachFrames: 0 }, progress)) {
    const [start, count] = [first * FRAME_SAMPLES, (end - first) * FRAME_SAMPLES]
    const pitch = { lags: readLags(start, count), turns: readPitch(start, count).cycles }
    const noise = readNoise(start, count)
    const told = condition(conditionRows(features, normal, first, end - first))
    if (first === 0) stream.tell(told[0])
    const sound = new Float32Array(HEARD_SAMPLES + count)
    sound.set(past)
    for (let at = 0; at < count; at++) {
      const place = at % FRAME_SAMPLES
      if (place === 0) stream.tell(told[at / FRAME_SAMPLES + 1])
      const next = HEARD_SAMPLES + at
      inputsOf(sound, next, pitch, at, row)
      sound[next] = guard(drawn(stream, row, (place + 0.5) / FRAME_SAMPLES, noiseGain * noise[at]))
    }
    past = sound.slice(count)
    yield sound.subarray(HEARD_SAMPLES)
  }
}

/** A draw from what the next sample may be. */
function drawn(stream: CausalStream, row: Float32Array, part: number, noise: number): number {
  const [mean, logDeviation] = stream.next(row, part)
  return mean + Math.exp(Math.max(logDeviation, LEAST_LOG_DEVIATION)) * noise
}
