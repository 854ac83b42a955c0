import { tensor2d, tensor3d, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { engines } from '../../src/main/compute/engines/engines.ts'
import { builtKernelsFolder, loadKernels } from '../../src/main/compute/kernels.ts'
import { crewThreadCount, loadKernelsWithCrew } from '../../src/main/compute/crew.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { createRandom, type Random } from '../../src/shared/base/random.ts'
import { flowavenetSizes, samplesPerFrame, type FlowavenetConfig } from '../../src/shared/networks/flowavenet/config.ts'
import * as flowavenet from '../../src/shared/networks/flowavenet/network.ts'
import { flowavenetShapes } from '../../src/shared/networks/flowavenet/parameters.ts'
import {
  BANDS,
  CEPSTRA,
  FEATURES,
  SOURCE_FILTER_RATE_HZ,
  sourceFilterSizes,
} from '../../src/shared/networks/source-filter/config.ts'
import { initializeSourceFilter } from '../../src/shared/networks/source-filter/initialize.ts'
import type { Kernels } from '../../src/shared/kernels/kernels.ts'
import { flowVocoderSizes } from '../../src/shared/networks/flow-vocoder/config.ts'
import { initializeFlowVocoder } from '../../src/shared/networks/flow-vocoder/initialize.ts'
import { parallelWavenetSizes } from '../../src/shared/networks/parallel-wavenet-vocoder/config.ts'
import { initializeParallelWavenet } from '../../src/shared/networks/parallel-wavenet-vocoder/initialize.ts'
import { wavenetVocoderSizes } from '../../src/shared/networks/wavenet-vocoder/config.ts'
import { initializeWavenetVocoder } from '../../src/shared/networks/wavenet-vocoder/initialize.ts'
import type { VocoderModel } from '../../src/shared/vocoder/vocoder-model.ts'
import { flowWidths, waveglowSizes, type WaveglowConfig } from '../../src/shared/networks/waveglow/config.ts'
import * as waveglow from '../../src/shared/networks/waveglow/network.ts'
import { waveglowShapes } from '../../src/shared/networks/waveglow/parameters.ts'
import { wavenetSizes, type WavenetConfig } from '../../src/shared/networks/wavenet/config.ts'
import { inverseFlows } from '../../src/shared/networks/wavenet/inverse-flow.ts'
import { network } from '../../src/shared/networks/wavenet/network.ts'
import { networkShapes } from '../../src/shared/networks/wavenet/parameters.ts'
import { createParameterLayout, packParameters, toTensors, type TensorsByName } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { cropChannels } from '../../src/shared/nn/shape.ts'
import { startingWeights } from '../../src/shared/nn/starting-weights.ts'
import { renderExcitation } from '../../src/shared/vocoder/excitation.ts'
import type { VocoderFeatures } from '../../src/shared/vocoder/features.ts'
import { benchFlowKernels } from './flow-kernels.ts'
import { keep, type BenchRow } from './stopwatch.ts'

/** Of the published vocoders; a quarter of a second of theirs is made, a multiple of every squeeze. */
const RATE_HZ = 22_050
const SAMPLES = 5632
const RUNS = 1
const STUDENT_FLOWS = 6

/** A network that sounds, with fresh weights: its numbers mean nothing, its time does. */
interface Shape {
  readonly name: string
  /** The most seconds for a second of sound that two processor cores should take, where a bar was set. */
  readonly bar: number | null
  readonly shapes: ReadonlyMap<string, readonly number[]>
  sing(parameters: TensorsByName, random: Random): Tensor
}

const noise = (random: Random, samples: number, wide: number): Tensor3D =>
  tensor3d(
    Float32Array.from({ length: samples * wide }, () => random.normal()),
    [1, samples, wide],
  )

function waveglowShape(channels: number, bar: number): Shape {
  const config: WaveglowConfig = { ...waveglowSizes.paper, channels }
  return {
    name: `WaveGlow, ${channels} channels`,
    bar,
    shapes: waveglowShapes(config),
    sing(parameters, random) {
      const unmixed = flowWidths(config).map((width) =>
        tensor2d(
          Float32Array.from({ length: width * width }, (_, at) => (at % (width + 1) === 0 ? 1 : 0)),
          [width, width],
        ),
      )
      const z = noise(random, SAMPLES / config.group, config.group)
      return waveglow.flowInverse(z, noise(random, SAMPLES, config.mels), parameters, unmixed, config)
    },
  }
}

function flowavenetShape(channels: number, bar: number): Shape {
  const config: FlowavenetConfig = { ...flowavenetSizes.paper, channels }
  return {
    name: `FloWaveNet, ${channels} channels`,
    bar,
    shapes: flowavenetShapes(config),
    sing(parameters, random) {
      // One split: half of the channels left after four blocks.
      const left = noise(random, SAMPLES / 16, 8)
      const last = noise(random, SAMPLES / samplesPerFrame(config), samplesPerFrame(config) / 2)
      return flowavenet.flowInverse([left, last], noise(random, SAMPLES, config.mels), parameters, config)
    },
  }
}

function studentShape(): Shape {
  const config: WavenetConfig = wavenetSizes['clarinet-flow']
  const names = Array.from({ length: STUDENT_FLOWS }, (_, flow) => `flow${flow}/`)
  return {
    name: 'ClariNet’s student, 64 channels',
    bar: 0.3,
    shapes: new Map(
      names.flatMap((name) => [...networkShapes(config)].map(([part, shape]) => [`${name}${part}`, shape] as const)),
    ),
    sing(parameters, random) {
      const told = noise(random, SAMPLES, config.mels)
      const flows = names.map((name) => (z: Tensor3D) => {
        const out = network(z, told, parameters, config, name)
        return { shift: cropChannels(out, 0, 1), logScale: cropChannels(out, 1, 1) }
      })
      return inverseFlows(noise(random, SAMPLES, 1), flows).samples
    },
  }
}

/**
 * Seconds of processor time and of waiting for a second of sound, of every parallel vocoder on every engine that starts
 * here; weights are fresh, a spectrum is given at the rate of the samples.
 */
export async function benchVocoders(): Promise<BenchRow[]> {
  const rows = [...ownRows(), ...(await benchFlowKernels())]
  const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  const setting = { enginesFolder, hasWindows: false }
  for (const engine of engines) {
    if (engine.isHidden || engine.body === 'window' || !engine.probe(setting).isPresent) continue
    if ((await openEngine(engine, setting).catch(() => null)) === null) continue
    for (const shape of [
      waveglowShape(64, 0.25),
      waveglowShape(128, 0.7),
      flowavenetShape(64, 0.25),
      flowavenetShape(128, 0.7),
      studentShape(),
    ])
      rows.push(await measured(shape, engine.label))
  }
  return rows
}

async function measured({ name, bar, shapes, sing }: Shape, engine: string): Promise<BenchRow> {
  const random = createRandom(1)
  const layout = createParameterLayout(shapes)
  const weights = packParameters(
    layout,
    startingWeights(shapes, random, {
      isZero: (part) => part.endsWith('end/weight'),
      isOne: (part) => part.endsWith('/scale'),
    }),
  )
  const run = async () => {
    const [sound] = await readTensors(() => [sing(toTensors(layout, weights), random)])
    keep(sound[0])
  }
  await run()
  const best = { sec: Infinity, cpuSec: Infinity }
  for (let round = 0; round < RUNS; round++) {
    const [before, startMs] = [process.cpuUsage(), performance.now()]
    await run()
    const { user, system } = process.cpuUsage(before)
    best.sec = Math.min(best.sec, (performance.now() - startMs) / 1000)
    best.cpuSec = Math.min(best.cpuSec, (user + system) / 1e6)
  }
  return rowOf(`${name}, ${engine}`, best, SAMPLES / RATE_HZ, bar)
}

/** What the program sings with, without tensors, on compiled kernels: of a second for one thread, of ten for all. */
function ownRow(model: VocoderModel, kernels: Kernels, soundSec: number, name: string): BenchRow {
  const frames = 200 * soundSec
  const features: VocoderFeatures = {
    f0: new Float64Array(frames).fill(200),
    bands: new Float32Array(frames * BANDS),
    cepstra: new Float32Array(frames * CEPSTRA),
  }
  const sampleCount = SOURCE_FILTER_RATE_HZ * soundSec
  const run = () => {
    for (const piece of renderExcitation(model, features, { sampleCount, seed: 1, kernels })) keep(piece[0])
  }
  run()
  const [before, startMs] = [process.cpuUsage(), performance.now()]
  run()
  const { user, system } = process.cpuUsage(before)
  const spent = { sec: (performance.now() - startMs) / 1000, cpuSec: (user + system) / 1e6 }
  return rowOf(`${name}, without tensors`, spent, soundSec, null)
}

function ownRows(): BenchRow[] {
  const normal = { mean: new Float32Array(FEATURES), spread: new Float32Array(FEATURES).fill(1) }
  const [sourceFilter, flow, wavenet, student] = [
    sourceFilterSizes.compact,
    flowVocoderSizes.compact,
    wavenetVocoderSizes.compact,
    parallelWavenetSizes.compact,
  ]
  return [
    ownRow(
      {
        network: 'source-filter',
        config: sourceFilter,
        parameters: initializeSourceFilter(sourceFilter, createRandom(1)),
        normal,
      },
      loadKernels(builtKernelsFolder(), () => {}),
      1,
      'source-filter vocoder, compact',
    ),
    ownRow(
      { network: 'flow', config: flow, parameters: initializeFlowVocoder(flow, createRandom(1)), normal },
      loadKernelsWithCrew(builtKernelsFolder(), () => {}),
      10,
      `flow vocoder, compact, 16 kHz, ${crewThreadCount()} threads`,
    ),
    ownRow(
      { network: 'wavenet', config: wavenet, parameters: initializeWavenetVocoder(wavenet, createRandom(1)), normal },
      loadKernels(builtKernelsFolder(), () => {}),
      4,
      'WaveNet vocoder, compact, 16 kHz, one thread',
    ),
    ownRow(
      {
        network: 'parallel-wavenet',
        config: student,
        parameters: initializeParallelWavenet(student, createRandom(1)),
        normal,
      },
      loadKernels(builtKernelsFolder(), () => {}),
      4,
      'its student, the parallel WaveNet vocoder, compact, 16 kHz, one thread',
    ),
  ]
}

const rowOf = (
  name: string,
  { sec, cpuSec }: { readonly sec: number; readonly cpuSec: number },
  soundSec: number,
  bar: number | null,
): BenchRow => ({
  name: `vocoders, ${name}`,
  measured: `${sec.toFixed(2)} s, ${cpuSec.toFixed(2)} s of processor time for ${soundSec.toFixed(2)} s of sound`,
  baseline: bar === null ? 'no bar' : `the bar on two cores: ${bar}`,
  ratio: sec / soundSec,
  meaning: `times real time (processor time: ${(cpuSec / soundSec).toFixed(2)})`,
})
