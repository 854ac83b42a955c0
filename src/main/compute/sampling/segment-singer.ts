import { assert } from '../../../shared/base/assert.ts'
import type { Progress } from '../../../shared/base/progress.ts'
import { autoencoderDecoder } from '../../../shared/sampling/autoencoder-decoder.ts'
import { measurePeaks } from '../../../shared/sampling/measure-peaks.ts'
import type { SamplerPrecision } from '../../../shared/sampling/memory/network.ts'
import type { SamplingSong } from '../../../shared/sampling/song.ts'
import type { SegmentsToSing, SingSegments } from '../../../shared/training/wavenet-autoencoder/translations.ts'
import type { SamplerModules } from './sampler-modules.ts'
import { openSampler } from './sampler.ts'

export interface SegmentSingerOptions {
  readonly modules: SamplerModules
  /** 16 bits sing the same on every machine, f32 on every machine alike but for rounding. */
  readonly precision: SamplerPrecision
  readonly threadCount?: number
}

/** Segments whose reach the integers are scaled by: of several singers and mixtures. */
const MEASURED_SEGMENTS = 4

/** How a training's phase 2 sings with the samplers: the decoder as it is now, all segments in lock-step over threads. */
export function createSegmentSinger(
  { modules, precision, threadCount }: SegmentSingerOptions,
  progress: Progress,
): SingSegments {
  return async (order) => {
    const decoder = autoencoderDecoder(order.parameters, order.config)
    const song = songOf(order)
    const { f32 } = modules
    assert(precision === 'f32' || f32 !== undefined, 'the integers are scaled by what the f32 sampler sings')
    const few = { ...song, segments: song.segments.slice(0, MEASURED_SEGMENTS) }
    const peaks = precision === 'f32' || f32 === undefined ? null : measurePeaks(f32, decoder, few)
    const { hop } = order.config
    const sampler = openSampler({
      decoder,
      peaks,
      precision,
      modules,
      hop,
      ...(threadCount === undefined ? {} : { threadCount }),
    })
    try {
      return await sampler.sing(song, progress)
    } finally {
      sampler.stop()
    }
  }
}

function songOf({
  config,
  segmentFrames,
  held,
  pitch,
  lags = null,
  rows,
  seed,
  temperature,
}: SegmentsToSing): SamplingSong {
  let fromFrame = 0
  const segments = segmentFrames.map((frames, fixedRow) => {
    return { fromFrame, toFrame: (fromFrame += frames), fixedRow }
  })
  const { hop, singer } = config
  return { hop, held, pitch, lags, fixed: rows, fixedWidth: singer, segments, seed, temperature }
}
