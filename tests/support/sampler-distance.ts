import type { KernelModule } from '../../src/shared/kernels/instance.ts'
import { autoencoderDecoder } from '../../src/shared/sampling/autoencoder-decoder.ts'
import type { IntegerKind } from '../../src/shared/sampling/integer/panels.ts'
import { quantizeDecoder } from '../../src/shared/sampling/integer/quantize.ts'
import { measurePeaks } from '../../src/shared/sampling/measure-peaks.ts'
import { trainedConfig, trainedSong, type TrainedDecoder } from '../fixtures/trained-decoder.ts'
import { singDrawn, singleBatch } from './drawn-decoder.ts'

/** The first frames of a clip may be silence. */
const FROM_FRAME = 10
const PEAK_FRAMES = 10

/**
 * Mean Kullback-Leibler divergence in nats of what integers expect from what f32 expects, on the true levels of
 * `frames` frames of each singer.
 */
export function meanDistance(
  trained: TrainedDecoder,
  floats: KernelModule,
  kind: IntegerKind,
  module: KernelModule,
  frames: number,
): number {
  const { hop, latent } = trainedConfig
  const decoder = autoencoderDecoder(trained.parameters, trainedConfig)
  const peaks = measurePeaks(floats, decoder, trainedSong(trained, PEAK_FRAMES, PEAK_FRAMES, 1))
  const integers = quantizeDecoder(decoder, peaks, kind)
  let sum = 0
  for (const { latents, pitch, levels, row } of trained.told) {
    const part = <Values extends Float32Array | Uint8Array>(values: Values, width: number) =>
      values.subarray(FROM_FRAME * width, (FROM_FRAME + frames) * width)
    const told = {
      config: trainedConfig,
      sampleCount: frames * hop,
      held: Float32Array.from(part(latents, latent)),
      fixed: row,
      pitch: Float32Array.from(part(pitch, hop)),
      uniforms: new Uint32Array(frames * hop),
    }
    const forced = Uint8Array.from(part(levels, hop))
    const expected: Float64Array[] = []
    singDrawn(singleBatch(floats, decoder, null, hop, { isWatched: true }), told, 0, {
      levels: forced,
      visit: (scores) => void expected.push(logProbabilities(scores)),
    })
    singDrawn(singleBatch(module, decoder, integers, hop, { isWatched: true }), told, 0, {
      levels: forced,
      visit: (scores, sample) => (sum += distance(expected[sample], logProbabilities(scores))),
    })
  }
  return sum / (trained.told.length * frames * hop)
}

export function logProbabilities(scores: Float64Array): Float64Array {
  const highest = scores.reduce((most, score) => Math.max(most, score))
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0)
  return scores.map((score) => score - highest - Math.log(total))
}

const distance = (expected: Float64Array, found: Float64Array): number =>
  expected.reduce((sum, log, level) => sum + Math.exp(log) * (log - found[level]), 0)
