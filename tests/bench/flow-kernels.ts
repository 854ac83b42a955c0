import { crewThreadCount, loadKernelsWithCrew } from '../../src/main/compute/crew.ts'
import { builtKernelsFolder, loadKernels } from '../../src/main/compute/kernels.ts'
import { createRandom, type Random } from '../../src/shared/base/random.ts'
import {
  runGatedStack,
  type GatedStack,
  type RunGatedStack,
  type StackCondition,
} from '../../src/shared/dsp/gated-stack.ts'
import type { PackedRows } from '../../src/shared/dsp/packed-rows.ts'
import { PAIR_PRODUCTS } from '../../src/shared/dsp/paired-taps.ts'
import type { Crew, FlowJob, LeveledFlowJob, StudentJob } from '../../src/shared/kernels/crew.ts'
import { flowavenetSizes, type FlowavenetConfig } from '../../src/shared/networks/flowavenet/config.ts'
import { backwardFlowavenet, conditionsOfLevels } from '../../src/shared/networks/flowavenet/inference.ts'
import { flowavenetShapes } from '../../src/shared/networks/flowavenet/parameters.ts'
import { waveglowSizes, type WaveglowConfig } from '../../src/shared/networks/waveglow/config.ts'
import { backwardWaveglow, conditionOfGroups } from '../../src/shared/networks/waveglow/inference.ts'
import { STUDENT_STACKS, wavenetSizes, type WavenetConfig } from '../../src/shared/networks/wavenet/config.ts'
import { studentStack } from '../../src/shared/networks/wavenet/inference.ts'
import { networkShapes } from '../../src/shared/networks/wavenet/parameters.ts'
import { crewOf } from '../../src/shared/world/jobs.ts'
import { drawnWaveglow, drawnWeights } from '../support/drawn-flow.ts'
import { arithmeticPeaks, besideBars } from './arithmetic.ts'
import { keep, type BenchRow } from './stopwatch.ts'

/** Of the published vocoders. */
const RATE_HZ = 22_050
const FRAME_SAMPLES = 256
/** A second of sound for each of the program's threads. */
const SAMPLES = 86 * FRAME_SAMPLES
const ROUNDS = 3
/** An eighth of one for a thread alone, many times: some are not disturbed by other work of the machine, and the least counts. */
const SAMPLES_ALONE = 11 * FRAME_SAMPLES
const ROUNDS_ALONE = 30
/** Processors that a real-time factor is of. */
const PROCESSORS = 2

const numbers = (random: Random, count: number) => Float32Array.from({ length: count }, () => random.normal())

/** WaveGlow at its published depth, told its spectrum as published: beside each sample. */
function toldBySamples(config: WaveglowConfig, random: Random, samples: number): FlowJob {
  const { stored, mixings } = drawnWaveglow(config, random)
  const mel = numbers(random, samples * config.mels)
  return {
    flow: backwardWaveglow(config, stored, mixings),
    z: numbers(random, samples),
    condition: conditionOfGroups(mel, config),
  }
}

/** The same told once a frame, frames going over into each other, as the program's own flow is. */
function toldByFrames(config: WaveglowConfig, random: Random, samples: number): FlowJob {
  // Its projection has as many inputs as a frame has bands.
  const { stored, mixings } = drawnWaveglow({ ...config, mels: config.mels / config.group }, random)
  return {
    flow: backwardWaveglow(config, stored, mixings),
    z: numbers(random, samples),
    condition: framesOver(config.group, config.mels, random, samples),
  }
}

/** Frames of a spectrum for rows of so many samples. */
function framesOver(samplesPerRow: number, bands: number, random: Random, samples: number): StackCondition {
  const places = Array.from(
    { length: samples / samplesPerRow },
    (_, row) => ((row + 0.5) * samplesPerRow) / FRAME_SAMPLES,
  )
  return {
    firstRow: 0,
    told: numbers(random, (samples / FRAME_SAMPLES + 1) * bands),
    frames: Int32Array.from(places, Math.floor),
    parts: Float32Array.from(places, (place) => place - Math.floor(place)),
    extras: new Float32Array(0),
  }
}

/** FloWaveNet at its published depth, told as published or once a frame. */
function flowavenetJob(
  config: FlowavenetConfig,
  random: Random,
  samples: number,
  isToldByFrames: boolean,
): LeveledFlowJob {
  const shapes = [...flowavenetShapes(config)].map(([name, shape]) => {
    const bands = name.includes('/prior/') ? config.mels : config.mels / 2
    return [name, isToldByFrames && name.endsWith('/condition/weight') ? [shape[0], bands, 1] : shape] as const
  })
  const halfBands = config.mels / 2
  const frames = Array.from({ length: config.blocks }, (_, block) =>
    [halfBands, halfBands, config.mels].map((bands) => framesOver(2 ** (block + 1), bands, random, samples)),
  )
  return {
    flow: backwardFlowavenet(config, drawnWeights(new Map(shapes), random)),
    z: [numbers(random, samples / 2), numbers(random, samples / 2)],
    conditions: isToldByFrames ? frames.reverse() : conditionsOfLevels(numbers(random, samples * config.mels), config),
  }
}

/** A student's flows, told once a frame: its rows are samples. */
function studentJob(flows: readonly WavenetConfig[], random: Random, samples: number): StudentJob {
  return {
    stacks: flows.map((config) => studentStack(config, drawnWeights(networkShapes(config), random), '')),
    noise: numbers(random, samples),
    condition: framesOver(1, flows[0].mels, random, samples),
  }
}

const parallelWavenet = (size: WavenetConfig): readonly WavenetConfig[] =>
  STUDENT_STACKS.map((stacks) => ({ ...size, stacks }))

type Run = (crew: Crew, sounds: number) => void
/** Of sounds of so many samples. */
type RunOf = (samples: number) => Run

const flowRun =
  (job: FlowJob): Run =>
  (crew, sounds) =>
    crew.run('flow', Array<FlowJob>(sounds).fill(job), (sound) => keep(sound[0]))

const leveledRun =
  (job: LeveledFlowJob): Run =>
  (crew, sounds) =>
    crew.run('leveled-flow', Array<LeveledFlowJob>(sounds).fill(job), (sound) => keep(sound[0]))

const studentRun =
  (job: StudentJob): Run =>
  (crew, sounds) =>
    crew.run('student', Array<StudentJob>(sounds).fill(job), (sound) => keep(sound[0]))

/** A second of sound of a thread that is left alone. */
interface Alone {
  readonly sec: number
  readonly operations: number
}

function measureAlone(runOf: RunOf): Alone {
  const run = runOf(SAMPLES_ALONE)
  const { crew: _, ...kernels } = loadKernels(builtKernelsFolder(), () => {})
  let operations = 0
  const gatedStack: RunGatedStack = (stack, x, rows, condition) => {
    operations += operationsOf(stack, rows, condition.told.length / stack.layers[0].condition.inputs)
    return (kernels.gatedStack ?? runGatedStack)(stack, x, rows, condition)
  }
  const crew = crewOf({ ...kernels, gatedStack })
  let leastMs = Infinity
  for (let round = 0; round < ROUNDS_ALONE; round++) {
    operations = 0
    const startMs = performance.now()
    run(crew, 1)
    leastMs = Math.min(leastMs, performance.now() - startMs)
  }
  const soundSec = SAMPLES_ALONE / RATE_HZ
  return { sec: leastMs / 1000 / soundSec, operations: operations / soundSec }
}

/** Products and sums of a stack's convolutions, without padding: those of gates are shared by pairs of rows. */
function operationsOf({ front, layers, gated, channels, extras, tail }: GatedStack, rows: number, frames: number) {
  const weights = ({ inputs, outputs, taps }: PackedRows) => inputs * outputs * taps
  const ofRows = [front, ...layers.map(({ mix }) => mix), ...tail.map(({ layer }) => layer)].reduce(
    (sum, layer) => sum + weights(layer),
    layers.length * 2 * gated * ((PAIR_PRODUCTS / 2) * channels + extras),
  )
  const ofFrames = layers.reduce((sum, { condition }) => sum + weights(condition), 0)
  return 2 * (rows * ofRows + frames * ofFrames)
}

/** Seconds of the clock for a second of sound, a sound for each thread of the program. */
function measureTogether(runOf: RunOf, crew: Crew): number {
  const run = runOf(SAMPLES)
  const threads = crewThreadCount()
  let leastMs = Infinity
  for (let round = 0; round <= ROUNDS; round++) {
    const startMs = performance.now()
    run(crew, threads)
    // The first starts the threads.
    if (round > 0) leastMs = Math.min(leastMs, performance.now() - startMs)
  }
  return leastMs / 1000 / ((threads * SAMPLES) / RATE_HZ)
}

/**
 * Real-time factors of the compiled kernel on two processors: from the least time of one thread, which other programs
 * hardly change, and by the clock with the program's threads.
 */
export async function benchFlowKernels(): Promise<BenchRow[]> {
  const peaks = await arithmeticPeaks()
  const together = crewOf(loadKernelsWithCrew(builtKernelsFolder(), () => {}))
  const row = (name: string, runOf: RunOf, bar: number | null): BenchRow => {
    const alone = measureAlone(runOf)
    const perSec = alone.operations / alone.sec / 1e9
    const factor = alone.sec / PROCESSORS
    const { share, factorThere } = besideBars(peaks, 'f32', perSec, factor)
    return {
      name: `vocoders, ${name}, kernel in f32`,
      measured:
        `${alone.sec.toFixed(3)} s of one processor for a second of sound (${perSec.toFixed(0)} Gop/s, ${share}); ` +
        `by the clock, ${crewThreadCount()} threads: ${measureTogether(runOf, together).toFixed(3)}`,
      baseline:
        bar === null
          ? 'no bar'
          : `the bar on two cores: ${bar}; at that share of the bars’ processor ${factorThere.toFixed(3)}`,
      ratio: factor,
      meaning: 'times real time on two processors',
    }
  }
  const students = [
    ['Parallel WaveNet’s student, compact', parallelWavenet(wavenetSizes['student-flow-compact']), 0.3],
    ['Parallel WaveNet’s student', parallelWavenet(wavenetSizes['student-flow']), null],
    ['ClariNet’s student', Array<WavenetConfig>(6).fill(wavenetSizes['clarinet-flow']), null],
  ] as const
  const flows = [
    [64, 0.25],
    [128, 0.7],
  ].flatMap(([channels, bar]) => {
    const waveglow = { ...waveglowSizes.paper, channels }
    const flowavenet = { ...flowavenetSizes.paper, channels }
    const wide = `${channels} channels`
    const one = () => createRandom(1)
    return [
      row(`WaveGlow, ${wide}, told by frames`, (samples) => flowRun(toldByFrames(waveglow, one(), samples)), bar),
      row(`WaveGlow, ${wide}, told by samples`, (samples) => flowRun(toldBySamples(waveglow, one(), samples)), null),
      row(
        `FloWaveNet, ${wide}, told by frames`,
        (samples) => leveledRun(flowavenetJob(flowavenet, one(), samples, true)),
        bar,
      ),
      row(
        `FloWaveNet, ${wide}, told by samples`,
        (samples) => leveledRun(flowavenetJob(flowavenet, one(), samples, false)),
        null,
      ),
    ]
  })
  return [
    ...flows,
    ...students.map(([name, configs, bar]) =>
      row(`${name}, told by frames`, (samples) => studentRun(studentJob(configs, createRandom(1), samples)), bar),
    ),
  ]
}
