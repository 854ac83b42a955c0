import { tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { createRandom } from '../../src/shared/base/random.ts'
import { domainShapes } from '../../src/shared/networks/music-translation/parameters.ts'
import { lagsOf } from '../../src/shared/networks/wavenet-autoencoder/pitch-lags.ts'
import { conditionWidth, heldWidth, type WavenetBlocks } from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { condition, type DecoderCondition } from '../../src/shared/networks/wavenet-autoencoder/network.ts'
import { wavenetAutoencoderShapes } from '../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import type { StoredTensor } from '../../src/shared/nn/parameters.ts'
import type { KernelModule } from '../../src/shared/kernels/instance.ts'
import { autoencoderDecoder } from '../../src/shared/sampling/autoencoder-decoder.ts'
import type { SamplerDecoder } from '../../src/shared/sampling/decoder.ts'
import type { IntegerDecoder } from '../../src/shared/sampling/integer/quantize.ts'
import { createBatch, instantiateSampler, type Batch } from '../../src/shared/sampling/memory/batch.ts'
import { placeSampler } from '../../src/shared/sampling/place-sampler.ts'

/** A decoder with drawn weights that reach the bends of its gates, and something to tell it for a while. */
export interface DrawnDecoder {
  readonly config: WavenetBlocks
  readonly parameters: ReadonlyMap<string, StoredTensor>
  readonly decoder: SamplerDecoder
  readonly sampleCount: number
  /** [frames × latent and notes], [singer], a sample each, and all of it [samples × condition]. */
  readonly held: Float32Array
  readonly fixed: Float32Array
  readonly pitch: Float32Array
  readonly condition: Float32Array
  /** Of the pitch, for decoders that hear the samples around one period back. */
  readonly lags: Uint16Array | null
  /** In 0…2^32. */
  readonly uniforms: Uint32Array
}

/** Of an autoencoder with a table of singers, or of a domain's, which has none. */
function shapesOf({ singer, ...blocks }: WavenetBlocks): ReadonlyMap<string, readonly number[]> {
  return singer === undefined ? domainShapes(blocks) : wavenetAutoencoderShapes({ ...blocks, singer }, 2)
}

export function drawDecoder(config: WavenetBlocks, frames: number, seed: number): DrawnDecoder {
  const random = createRandom(seed)
  const parameters = new Map(
    [...shapesOf(config)].map(([name, shape]) => {
      const length = shape.reduce((product, size) => product * size, 1)
      const gain = name.endsWith('/bias') ? 0.1 : (name.includes('/conv/') ? 1.5 : 1) / Math.sqrt(length / shape[0])
      return [name, { shape, values: Float32Array.from({ length }, () => gain * random.normal()) }]
    }),
  )
  const sampleCount = frames * config.hop
  const { singer = 0 } = config
  const heldColumns = heldWidth(config)
  const held = Float32Array.from({ length: frames * heldColumns }, () => random.normal())
  const fixed = Float32Array.from({ length: singer }, () => random.normal())
  const pitch = Float32Array.from({ length: sampleCount }, (_, sample) =>
    config.hasPitch ? 0.2 + 0.15 * Math.sin(sample / 9) : 0,
  )
  const width = conditionWidth(config)
  const condition = Float32Array.from({ length: sampleCount * width }, (_, index) => {
    const [sample, channel] = [Math.floor(index / width), index % width]
    if (channel < heldColumns) return held[Math.floor(sample / config.hop) * heldColumns + channel]
    return channel < heldColumns + singer ? fixed[channel - heldColumns] : pitch[sample]
  })
  const uniforms = Uint32Array.from({ length: sampleCount }, () => Math.floor(random.uniform() * 2 ** 32))
  const decoder = autoencoderDecoder(parameters, config)
  const lags = config.lagTaps === undefined ? null : lagsOf(withRests(pitch), 1, sampleCount)
  return { config, parameters, decoder, sampleCount, held, fixed, pitch, lags, condition, uniforms }
}

/** What a drawn decoder is told, for the network on tensors. */
export function toldOf({ config, held, fixed, pitch, sampleCount }: DrawnDecoder): DecoderCondition {
  const { singer = 0, hop, hasPitch } = config
  const heldTensor = tensor3d(held, [1, sampleCount / hop, heldWidth(config)])
  const row = singer === 0 ? null : tensor2d(fixed, [1, singer])
  return condition(heldTensor, row, hasPitch ? tensor3d(pitch, [1, sampleCount, 1]) : null)
}

/** Voiced but for every third stretch. */
const withRests = (pitch: Float32Array): Float32Array =>
  pitch.map((value, sample) => (Math.floor(sample / 11) % 3 === 2 ? 0 : 3 * value))

/** One batch of a decoder. Where it is watched it takes the levels that it is given, and tells its scores. */
export function singleBatch(
  module: KernelModule,
  decoder: SamplerDecoder,
  integers: IntegerDecoder | null,
  mostSamples: number,
  options: { readonly isWatched?: boolean; readonly groups?: number } = {},
): Batch {
  const { groups = 1, isWatched = false } = options
  const placed = placeSampler(decoder, integers, [{ groups, mostSamples, isWatched }])
  return createBatch(instantiateSampler(module, placed.memory), placed.memory.buffer, placed.network, placed.batches[0])
}

/** Sings one segment with a decoder's own condition. @param forced levels for a watched batch; `visit` gets its scores */
export function singDrawn(
  batch: Batch,
  drawn: Omit<DrawnDecoder, 'parameters' | 'condition' | 'decoder' | 'lags'> & Partial<Pick<DrawnDecoder, 'lags'>>,
  segment: number,
  watched?: { readonly levels: Uint8Array; visit(scores: Float64Array, sample: number): void },
): Uint8Array {
  const { config, sampleCount, held, fixed, pitch, lags, uniforms } = drawn
  const { hop } = config
  const width = heldWidth(config)
  const levels = new Uint8Array(sampleCount)
  batch.start(segment, fixed)
  for (let frame = 0; frame < sampleCount / hop; frame++) {
    batch.hold(segment, held.subarray(frame * width, (frame + 1) * width))
    batch.tell()
    for (let sample = 0; sample < hop; sample++) {
      const at = frame * hop + sample
      batch.setSample(segment, sample, uniforms[at], pitch[at], lags?.[at] ?? 0)
    }
    if (watched) batch.force(segment, watched.levels.subarray(frame * hop, (frame + 1) * hop))
    batch.run(hop)
    batch.read(segment, hop, levels.subarray(frame * hop, (frame + 1) * hop))
    if (watched)
      for (let sample = 0; sample < hop; sample++) watched.visit(batch.scores(segment, sample), frame * hop + sample)
  }
  return levels
}
