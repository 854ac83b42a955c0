import { join } from 'node:path'
import { loadSamplerModules, type SamplerModules } from '../../src/main/compute/sampling/sampler-modules.ts'
import { createSegmentSinger } from '../../src/main/compute/sampling/segment-singer.ts'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { engines } from '../../src/main/compute/engines/engines.ts'
import { openFastestEngine } from '../../src/main/evaluation/open-fastest-engine.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import type { WavenetBatch } from '../../src/shared/networks/wavenet-autoencoder/batch.ts'
import {
  heldWidth,
  WAVENET_RATE_HZ,
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { publishedConfusion, type WavenetNetwork } from '../../src/shared/networks/wavenet-autoencoder/gradients.ts'
import { initializeWavenetAutoencoder } from '../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { wavenetAutoencoderShapes } from '../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { wavenetGflopPerStep } from '../../src/shared/networks/wavenet-autoencoder/step-cost.ts'
import { confusedStep, measureItemPeak } from '../../src/shared/networks/wavenet-autoencoder/training-step.ts'
import { createAdamWState } from '../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters } from '../../src/shared/nn/parameters.ts'
import { waveformPlans } from '../../src/shared/training/wavenet-autoencoder/plans.ts'
import { restoreWaveformState, storeWaveformState } from '../../src/shared/training/wavenet-autoencoder/stored-state.ts'
import {
  createWaveformTrainer,
  type WaveformTrainer,
  type WaveformTrainingState,
} from '../../src/shared/training/wavenet-autoencoder/trainer.ts'
import { findTraining, keepTraining } from './kept-training.ts'
import type { BenchRow } from './stopwatch.ts'
import { judgeConversions, overfitClips, overfitConfig, overfitJudge, overfitPlan } from './waveform-overfit.ts'

/**
 * The waveform autoencoder's training: what a step takes each engine, what it holds at its peak, and what phase 2 takes
 * to sing.
 */
const SINGERS = 2
/** Peaks grow in a straight line with the length: two short crops tell it. */
const CROP_FRAMES = [2, 4] as const
const MEMORY_GIB = 8
const GIB = 2 ** 30

export async function benchWaveform(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  const setting = { enginesFolder, hasWindows: false }
  for (const engine of engines) {
    if (engine.isHidden || engine.body === 'window' || !engine.probe(setting).isPresent) continue
    const backend = await openEngine(engine, setting).catch(() => null)
    if (backend === null) continue
    for (const size of ['preview', 'compact', 'paper'] as const) rows.push(await stepRow(size, engine.label))
  }
  return [...rows, ...(await benchBackTranslation())]
}

/** What phase 2 takes to sing, alone. */
export const benchBackTranslation = async (): Promise<BenchRow[]> => [await phaseTwoRow(loadSamplerModules())]

/**
 * Two synthetic singers learned in both phases, and their conversions judged. Stopped at any moment and started again it
 * goes on from its last check: in `bench` of the program's folder.
 */
export async function benchTwoSingers(): Promise<BenchRow[]> {
  const { enginesFolder, homeFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  await openFastestEngine(enginesFolder)
  return [await overfitRow(loadSamplerModules(), join(homeFolder, 'bench', 'two-singers'))]
}

function networkOf(config: WavenetAutoencoderConfig): { network: WavenetNetwork; weights: Float32Array } {
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, SINGERS))
  const weights = packParameters(layout, initializeWavenetAutoencoder(config, SINGERS, createRandom(3)))
  return { network: { config, layout, singerCount: SINGERS }, weights }
}

function batchOf({ hop, hasPitch }: WavenetAutoencoderConfig, frames: number): WavenetBatch {
  const sampleCount = frames * hop
  const levels = Uint8Array.from({ length: sampleCount }, (_, at) => 128 + 80 * Math.sin(at / 9))
  const pitch = hasPitch ? new Float32Array(8 * frames).fill(0.2) : null
  return { sampleCount, target: levels, heard: levels, singerIndices: [0], pitch }
}

async function stepRow(size: 'preview' | 'compact' | 'paper', engine: string): Promise<BenchRow> {
  const config = wavenetAutoencoderSizes[size]
  const { network, weights } = networkOf(config)
  const [short, long] = CROP_FRAMES.map((frames) => batchOf(config, frames))
  const peaks = async (recomputes: boolean) => {
    const [less, more] = [
      await measureItemPeak(network, weights, short, publishedConfusion, recomputes),
      await measureItemPeak(network, weights, long, publishedConfusion, recomputes),
    ]
    const perSample = (more - less) / (long.sampleCount - short.sampleCount)
    const { batchSize, segmentSamples } = waveformPlans[size]
    return less + perSample * (batchSize * segmentSamples - short.sampleCount)
  }
  const [remembering, recomputing] = [await peaks(false), await peaks(true)]
  const state = createAdamWState(weights)
  const ones = { autoencoder: 1, adversaries: 1 }
  const rates = { autoencoder: 1e-3, adversaries: 1e-3 }
  const options = { rates, numbers: ones, clipValue: null }
  // An engine's first step is slower than all others.
  await confusedStep(network, state, [short], publishedConfusion, options)
  const before = process.cpuUsage()
  const startMs = performance.now()
  await confusedStep(network, state, [long], publishedConfusion, options)
  const sec = (performance.now() - startMs) / 1000
  const { user, system } = process.cpuUsage(before)
  const gflop = wavenetGflopPerStep(config, long.sampleCount)
  const processorSec = (user + system) / 1e6
  return {
    name: `waveform training, ${size}, ${engine}`,
    measured:
      `a step of ${(long.sampleCount / WAVENET_RATE_HZ).toFixed(2)} s of one clip: ${sec.toFixed(1)} s, ` +
      `${(gflop / processorSec).toFixed(1)} GFLOP per second of processor time; at the peak of a whole batch at once ` +
      `${(recomputing / GIB).toFixed(1)} GiB of tensors with blocks computed again`,
    baseline: `${(remembering / GIB).toFixed(1)} GiB when everything is kept`,
    ratio: recomputing / (MEMORY_GIB * GIB),
    meaning: `times ${MEMORY_GIB} GiB`,
  }
}

/** 96 seconds by mixtures, at the size that is heard on the way. */
async function phaseTwoRow(modules: SamplerModules): Promise<BenchRow> {
  const config = wavenetAutoencoderSizes.preview
  const { translation } = waveformPlans.paper
  const segments = translation?.segments ?? 0
  const frames = (translation?.segmentSamples ?? 0) / config.hop
  const random = createRandom(4)
  const normal = (length: number) => Float32Array.from({ length }, () => 0.3 * random.normal())
  const order = {
    config,
    parameters: initializeWavenetAutoencoder(config, SINGERS, random),
    segmentFrames: Array<number>(segments).fill(frames),
    held: normal(segments * frames * heldWidth(config)),
    pitch: new Float32Array(segments * frames * config.hop).fill(0.2),
    lags: new Uint16Array(segments * frames * config.hop).fill(100),
    rows: normal(segments * config.singer),
    seed: 1,
    temperature: 1,
  }
  const startMs = performance.now()
  const before = process.cpuUsage()
  const sung = await createSegmentSinger({ modules, precision: 'w16a14' }, silentProgress)(order)
  const sec = (performance.now() - startMs) / 1000
  const { user, system } = process.cpuUsage(before)
  const soundSec = sung.length / WAVENET_RATE_HZ
  return {
    name: `phase 2, ${segments} segments of a second at preview size, w16a14`,
    measured: `${sec.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
    baseline: `${soundSec.toFixed(0)} s of sound`,
    ratio: sec / soundSec,
    meaning: 'times as long as it sounds',
  }
}

const CHECKPOINT_NAME = 'overfit.safetensors'

async function overfitRow(modules: SamplerModules, folder: string): Promise<BenchRow> {
  const path = join(folder, CHECKPOINT_NAME)
  const clips = overfitClips()
  const sing = createSegmentSinger({ modules, precision: 'w16a14' }, silentProgress)
  const trainer = createWaveformTrainer({
    clips,
    heldOut: clips,
    singerCount: clips.length,
    config: overfitConfig,
    plan: overfitPlan,
    seed: 1,
    sing,
    resumeFrom: readCheckpoint(path),
  })
  const before = process.cpuUsage()
  const from = trainer.step
  await learnAll(trainer, path)
  const { user, system } = process.cpuUsage(before)
  const { reconstruction, accuracy } = await trainer.judge()
  const judge = overfitJudge()
  const heard = await judgeConversions(trainer.parameters(), clips, sing, judge)
  const flipped = heard.flatMap((row) => row.map((who, singer) => who === singer)).filter(Boolean).length
  return {
    name: 'waveform training, a second each of two synthetic singers',
    measured:
      `${reconstruction.toFixed(2)} nats after ${trainer.step} steps (${trainer.step - from} now, ` +
      `${((user + system) / 1e6).toFixed(0)} s of processor time); the latent tells ${(100 * accuracy).toFixed(0)} %; ` +
      `${flipped} of 4 clips are told as the singer they were sung by: ${JSON.stringify(heard)}, ` +
      `the originals as ${JSON.stringify(clips.map(({ levels }) => judge(levels)))}`,
    baseline: 'bar: 1.5 nats, 4 of 4',
    ratio: reconstruction / 1.5,
    meaning: 'times the bar',
  }
}

async function learnAll(trainer: WaveformTrainer, path: string): Promise<void> {
  let saved = trainer.step
  while (!trainer.isFinished) {
    const losses = await trainer.advance()
    if (trainer.step < saved + overfitPlan.checkSteps && !trainer.isFinished) continue
    saved = trainer.step
    keepTraining(path, overfitText, storeWaveformState(trainer.save()))
    const told = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`)
    process.stderr.write(`step ${trainer.step} of ${trainer.stepCount}: ${told.join(', ')}\n`)
  }
}

const overfitText = JSON.stringify([overfitPlan, overfitConfig])

/** Null where there is none of this very training. */
function readCheckpoint(path: string): WaveformTrainingState | null {
  const stored = findTraining(path, overfitText)
  const layout = createParameterLayout(wavenetAutoencoderShapes(overfitConfig, SINGERS))
  const state = stored && restoreWaveformState(stored, layout)
  return state?.ok ? state.value : null
}
