import { add, concat2d, matMul, mul, relu, sigmoid, tanh, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../src/main/compute/engines/engines.ts'
import { fastestPrecision, measurePrecisions } from '../../src/main/compute/sampling/precision.ts'
import { loadSamplerModules, moduleOf, type SamplerModules } from '../../src/main/compute/sampling/sampler-modules.ts'
import { openSampler } from '../../src/main/compute/sampling/sampler.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import {
  conditionWidth,
  wavenetAutoencoderSizes,
  WAVENET_RATE_HZ,
  type WavenetAutoencoderConfig,
} from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { initializeWavenetAutoencoder } from '../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { lagsOf } from '../../src/shared/networks/wavenet-autoencoder/pitch-lags.ts'
import { sampleDecoder } from '../../src/shared/networks/wavenet-autoencoder/sample.ts'
import { autoencoderDecoder } from '../../src/shared/sampling/autoencoder-decoder.ts'
import { multiplicationsPerSample, type SamplerDecoder } from '../../src/shared/sampling/decoder.ts'
import { quantizeDecoder } from '../../src/shared/sampling/integer/quantize.ts'
import { groupsAtOnce } from '../../src/shared/sampling/lock-step.ts'
import { measurePeaks } from '../../src/shared/sampling/measure-peaks.ts'
import { createBatch, instantiateSampler } from '../../src/shared/sampling/memory/batch.ts'
import type { SamplerPrecision } from '../../src/shared/sampling/memory/network.ts'
import { placeSampler } from '../../src/shared/sampling/place-sampler.ts'
import type { SamplingSong } from '../../src/shared/sampling/song.ts'
import { readTrainedDecoder } from '../fixtures/trained-decoder.ts'
import { meanDistance } from '../support/sampler-distance.ts'
import { arithmeticPeaks, besideBars, type ArithmeticPeaks } from './arithmetic.ts'
import type { BenchRow } from './stopwatch.ts'

/** Samples a second of a queue implementation in a framework, as its authors say. */
const PUBLISHED_PER_SEC = 89
/** Many and short, so that some are not disturbed by other work of the machine: the least of them counts. */
const ROUNDS = 300
const RUN_SAMPLES = 6
/** Three groups of four for each of two threads. */
const SEGMENTS = 24
const DISTANCE_FRAMES = 4
/** A voice's, as networks are told it. */
const CODED_PITCH = 0.2
/** Processors that a real-time factor is of. */
const PROCESSORS = 2

/** Factors on two cores of the processor of `BARS_PEAKS`. */
const BARS: Readonly<Partial<Record<string, Readonly<Record<SamplerPrecision, number>>>>> = {
  paper: { f32: 1.3, w16a14: 0.75, w8a7: 0.4 },
  compact: { f32: 0.35, w16a14: 0.22, w8a7: 0.12 },
}

/**
 * Real-time factors of every shape and precision on two processors: from the least time of one thread, which other
 * programs hardly change, and by the clock with two threads. Under 1 is faster than it sounds.
 */
export async function benchSampler(): Promise<BenchRow[]> {
  const modules = loadSamplerModules()
  const peaks = await arithmeticPeaks()
  const rows: BenchRow[] = []
  for (const size of ['paper', 'compact', 'preview'] as const) {
    const config = wavenetAutoencoderSizes[size]
    const parameters = initializeWavenetAutoencoder(config, 2, createRandom(3))
    const decoder = autoencoderDecoder(parameters, config)
    const plainPerSec = plainSamplesPerSec(parameters, config)
    const tensorsPerSec = await tensorSamplesPerSec(decoder)
    const song = songOf(decoder, config)
    const baseline =
      `TensorFlow.js on WebAssembly, one sample at a time: ${tensorsPerSec.toFixed(0)} samples/s; ` +
      `plain arithmetic: ${plainPerSec.toFixed(0)}; published queues: ${PUBLISHED_PER_SEC}`
    for (const precision of ['f32', 'w16a14', 'w8a7'] as const) {
      const cost = await costOf(modules, decoder, song, precision)
      if (cost === null) continue
      const shape = `${size}: ${decoder.residual} channels, ${decoder.skip} skips, ${decoder.dilations.length} layers`
      rows.push({
        name: `sampling ${precision}, ${shape}`,
        measured: describeCost(decoder, cost, peaks, precision, BARS[size]?.[precision]),
        baseline,
        ratio: 1e6 / cost.processorUs / tensorsPerSec,
        meaning: 'times the samples per second of TensorFlow.js, both on one processor',
      })
      if (precision === 'f32') rows.push(...(await fusedRows(modules, decoder, song, { size, ...cost })))
    }
    rows.push(choiceRow(modules, decoder, size))
  }
  return [...rows, ...distanceRows(modules)]
}

interface Cost {
  /** Of one processor, for a sample of one segment. */
  readonly processorUs: number
  /** Of two threads. */
  readonly clockSec: number
  readonly sungSec: number
}

function describeCost(
  decoder: SamplerDecoder,
  { processorUs, clockSec, sungSec }: Cost,
  peaks: ArithmeticPeaks,
  precision: SamplerPrecision,
  bar: number | undefined,
): string {
  const factor = (processorUs * WAVENET_RATE_HZ) / 1e6 / PROCESSORS
  const perSec = (2 * multiplicationsPerSample(decoder)) / processorUs / 1e3
  const { share, factorThere } = besideBars(peaks, precision, perSec, factor)
  const beside =
    bar === undefined ? '' : `; at that share of the bars’ processor ${factorThere.toFixed(3)} (bar ${bar})`
  return (
    `real-time factor ${factor.toFixed(3)} on two processors (${processorUs.toFixed(1)} µs of one a sample, ` +
    `${perSec.toFixed(0)} Gop/s, ${share})${beside}; by the clock, two threads: ${(clockSec / sungSec).toFixed(3)}`
  )
}

interface SizedCost extends Cost {
  readonly size: string
}

/** What it brings f32 that products are fused with sums; nothing where this machine does not fuse. */
async function fusedRows(
  modules: SamplerModules,
  decoder: SamplerDecoder,
  song: SamplingSong,
  { size, processorUs }: SizedCost,
): Promise<BenchRow[]> {
  const { 'f32-fused': fused, ...apart } = modules
  const cost = fused === undefined ? null : await costOf(apart, decoder, song, 'f32')
  if (cost === null) return []
  return [
    {
      name: `fusing products in f32, ${size}`,
      measured: `${processorUs.toFixed(1)} µs of one processor a sample`,
      baseline: `apart: ${cost.processorUs.toFixed(1)} µs`,
      ratio: cost.processorUs / processorUs,
      meaning: 'times as fast as apart',
    },
  ]
}

async function costOf(
  modules: SamplerModules,
  decoder: SamplerDecoder,
  song: SamplingSong,
  precision: SamplerPrecision,
): Promise<Cost | null> {
  const [module, floats] = [moduleOf(modules, precision), modules.f32]
  if (module === undefined || floats === undefined) return null
  const one = { ...song, segments: song.segments.slice(0, 1) }
  const peaks = precision === 'f32' ? null : measurePeaks(floats, decoder, one)
  const integers = precision === 'f32' || peaks === null ? null : quantizeDecoder(decoder, peaks, precision)
  const groups = groupsAtOnce(decoder, precision)
  const placed = placeSampler(decoder, integers, [{ groups, mostSamples: RUN_SAMPLES }])
  const { memory, network, batches } = placed
  const batch = createBatch(instantiateSampler(module, memory), memory.buffer, network, batches[0])
  const random = createRandom(1)
  for (let segment = 0; segment < batch.segmentCount; segment++)
    for (let sample = 0; sample < RUN_SAMPLES; sample++)
      batch.setSample(segment, sample, Math.floor(random.uniform() * 2 ** 32), CODED_PITCH, song.lags?.[0])
  batch.tell()
  let least = Infinity
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const startMs = performance.now()
    batch.run(RUN_SAMPLES)
    const spentUs = 1000 * (performance.now() - startMs)
    if (round > 0) least = Math.min(least, spentUs / (RUN_SAMPLES * batch.segmentCount))
  }
  const sampler = openSampler({ decoder, peaks, precision, modules, hop: song.hop, threadCount: PROCESSORS })
  await sampler.sing(one, silentProgress)
  const startMs = performance.now()
  const sung = await sampler.sing(song, silentProgress)
  const clockSec = (performance.now() - startMs) / 1000
  sampler.stop()
  return { processorUs: least, clockSec, sungSec: sung.length / WAVENET_RATE_HZ }
}

function songOf(decoder: SamplerDecoder, { hop, singer, lagTaps }: WavenetAutoencoderConfig): SamplingSong {
  const random = createRandom(2)
  const frames = 2
  const pitch = new Float32Array(frames * hop).fill(CODED_PITCH)
  return {
    hop,
    held: Float32Array.from({ length: frames * decoder.condition.held.columns }, () => random.normal()),
    pitch,
    lags: lagTaps === undefined ? null : lagsOf(pitch, 1, pitch.length),
    fixed: Float32Array.from({ length: singer }, () => 0.1 * random.normal()),
    fixedWidth: singer,
    segments: Array.from({ length: SEGMENTS }, () => ({ fromFrame: 0, toFrame: frames, fixedRow: 0 })),
    seed: 1,
    temperature: 1,
  }
}

/** What integers cost in what is drawn from, on the trained decoder of the tests. */
function distanceRows(modules: SamplerModules): BenchRow[] {
  const trained = readTrainedDecoder()
  const { f32 } = modules
  if (f32 === undefined) return []
  return (['w16a14', 'w8a7'] as const).flatMap((precision) => {
    const module = modules[precision]
    if (module === undefined) return []
    const nats = meanDistance(trained, f32, precision, module, DISTANCE_FRAMES)
    return {
      name: `what ${precision} expects of a trained decoder`,
      measured: `mean divergence from f32: ${nats.toExponential(1)} nats`,
      baseline: 'f32: 0',
      ratio: nats / 1e-4,
      meaning: 'times 1e-4 nats',
    }
  })
}

function choiceRow(modules: SamplerModules, decoder: SamplerDecoder, size: string): BenchRow {
  const shape = { residual: decoder.residual, skip: decoder.skip, layers: decoder.dilations.length }
  const before = process.threadCpuUsage()
  const costs = measurePrecisions(modules, shape, 'fast', () => performance.now())
  const { user, system } = process.threadCpuUsage(before)
  const spentMs = (user + system) / 1000
  const chosen = fastestPrecision(costs)
  return {
    name: `choosing a precision, ${size}`,
    measured: `${chosen}; ${[...costs].map(([name, us]) => `${name} ${us.toFixed(1)} µs`).join(', ')}`,
    baseline: `${spentMs.toFixed(0)} ms of one processor with everything around it`,
    ratio: (costs.get('f32') ?? NaN) / (costs.get(chosen) ?? NaN),
    meaning: 'times as fast as f32',
  }
}

function plainSamplesPerSec(
  parameters: ReturnType<typeof initializeWavenetAutoencoder>,
  config: WavenetAutoencoderConfig,
): number {
  const sampleCount = 40
  const condition = new Float32Array(sampleCount * conditionWidth(config))
  const uniforms = Float64Array.from({ length: sampleCount }, () => 0.5)
  const before = process.threadCpuUsage()
  sampleDecoder(parameters, config, { condition, sampleCount, uniforms })
  const { user, system } = process.threadCpuUsage(before)
  return (1e6 * sampleCount) / (user + system)
}

/** The same arithmetic with tensors, layer by layer, one sample at a time; queues and draw are left out. */
async function tensorSamplesPerSec({ residual, skip, levels, layers }: SamplerDecoder): Promise<number> {
  const engine = findEngine('wasm')
  if (engine === undefined) return NaN
  await openEngine(engine, { enginesFolder: null, hasWindows: false })
  const matrix = (rows: number, columns: number) =>
    tensor2d(new Float32Array(rows * columns).fill(0.01), [rows, columns])
  const gate = [matrix(2 * residual, residual), matrix(2 * residual, residual)]
  const mix = [matrix(residual, residual), matrix(residual, skip)]
  const head = [matrix(skip, skip), matrix(skip, levels)]
  const start = matrix(1, residual)
  const past = matrix(1, residual)
  const sing = () => {
    let x: Tensor2D = start
    let skips: Tensor2D = matrix(1, skip)
    for (const _layer of layers) {
      const heard = concat2d([past, x], 1)
      const z: Tensor2D = mul(tanh(matMul(heard, gate[0])), sigmoid(matMul(heard, gate[1])))
      x = add(x, matMul(z, mix[0]))
      skips = add(skips, matMul(z, mix[1]))
    }
    const hidden: Tensor2D = relu(matMul(relu(skips), head[0]))
    return matMul(hidden, head[1]).dataSync()
  }
  const samples = 12
  let least = Infinity
  for (let round = 0; round < 4; round++) {
    const before = process.threadCpuUsage()
    for (let sample = 0; sample < samples; sample++) tidy(() => void sing())
    const { user, system } = process.threadCpuUsage(before)
    least = Math.min(least, user + system)
  }
  for (const tensor of [...gate, ...mix, ...head, start, past]) tensor.dispose()
  return (1e6 * samples) / least
}
