import { join } from 'node:path'
import { loadKernelsWithCrew } from '../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../src/main/compute/kernels.ts'
import { createAnalysisResampler } from '../../src/main/compute/analysis-resampler.ts'
import { measureSungPeaks } from '../../src/main/compute/waveform/measure-sung-peaks.ts'
import { domainSinger } from '../../src/main/compute/translation/translate-sound.ts'
import { requireSamplers } from '../../src/main/compute/waveform/sampler-of-model.ts'
import { openFastestEngine } from '../../src/main/evaluation/open-fastest-engine.ts'
import { measureTranslation, type HeardDomain } from '../../src/main/evaluation/translation/measure-translation.ts'
import { formatTranslationReport, summarize } from '../../src/main/evaluation/translation/translation-report.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { musicTranslationSizes } from '../../src/shared/networks/music-translation/config.ts'
import { musicTranslationNetwork, takeDomain } from '../../src/shared/networks/music-translation/parameters.ts'
import { restoreAveragedState, storeAveragedState } from '../../src/shared/training/averaged-state.ts'
import { musicTranslationPlans } from '../../src/shared/training/music-translation/plans.ts'
import {
  createMusicTranslationTrainer,
  type MusicTranslationTrainer,
} from '../../src/shared/training/music-translation/trainer.ts'
import { heardOf, instrumentClip, instrumentNames } from './instrument-clips.ts'
import { findTraining, keepTraining } from './kept-training.ts'
import type { BenchRow } from './stopwatch.ts'

const config = musicTranslationSizes.preview
const plan = musicTranslationPlans.preview
const text = JSON.stringify([config, plan])
/** Melodies of each instrument: learned from, held out, taught to the judge, and translated. */
const MELODIES = { learned: 10, heldOut: 1, taught: 10, translated: 5 } as const
const SEC = { learned: 4, judged: 2 } as const
const BAR = 9

const melodiesFrom = (domain: number, first: number, count: number, sec: number) =>
  Array.from({ length: count }, (_, melody) => instrumentClip(config, domain, first + melody, sec))

/**
 * A synthetic flute and a synthetic fiddle learned with the smallest offered network, and each translated into the other
 * on the product's own way, pitch tracker and samplers included. Stopped at any moment and started again it goes on.
 */
export async function benchTwoInstruments(): Promise<BenchRow[]> {
  const { enginesFolder, homeFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  await openFastestEngine(enginesFolder)
  const path = join(homeFolder, 'bench', 'two-instruments', 'training.safetensors')
  const stored = findTraining(path, text)
  const { layout } = musicTranslationNetwork(config, instrumentNames)
  const restored = stored && restoreAveragedState(stored, layout.count)
  const domains = [...instrumentNames.keys()]
  const trainer = createMusicTranslationTrainer({
    domainIds: instrumentNames,
    clips: domains.flatMap((domain) => melodiesFrom(domain, 0, MELODIES.learned, SEC.learned)),
    heldOut: domains.flatMap((domain) => melodiesFrom(domain, 100, MELODIES.heldOut, SEC.judged)),
    config,
    plan,
    seed: 1,
    resumeFrom: restored?.ok ? restored.value : null,
  })
  const [from, before, startMs] = [trainer.step, process.cpuUsage(), performance.now()]
  await learnAll(trainer, path)
  const { user, system } = process.cpuUsage(before)
  const learnedSec = (performance.now() - startMs) / 1000
  const { reconstruction, accuracy } = await trainer.judge()

  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const modules = requireSamplers(builtKernelsFolder())
  const tools = {
    resample: await createAnalysisResampler(kernels),
    kernels,
    modules,
    breathe: () => Promise.resolve(),
    nowMs: () => performance.now(),
    temperature: 1,
  }
  const everySound = domains.map((domain) => ({ clip: instrumentClip(config, domain, 0, SEC.learned), row: 0 }))
  const heard: HeardDomain[] = []
  for (const [domain, name] of instrumentNames.entries()) {
    const parameters = takeDomain(trainer.parameters(), config, name)
    const peaks = await measureSungPeaks({ config, parameters }, everySound, new Float32Array(0), modules.f32)
    heard.push({
      name,
      singer: domainSinger({ config, parameters, peaks }),
      taught: melodiesFrom(domain, 200, MELODIES.taught, SEC.judged).map(heardOf),
      translated: melodiesFrom(domain, 300, MELODIES.translated, SEC.judged).map(heardOf),
    })
  }
  const figures = await measureTranslation(heard, tools)
  const { count, melodies, kept, moved } = summarize(figures)
  return [
    {
      name: 'music translation, a synthetic flute and a synthetic fiddle',
      measured:
        `${reconstruction.toFixed(2)} nats after ${trainer.step} steps (${trainer.step - from} now, in ` +
        `${learnedSec.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} s of processor time); the latent tells ` +
        `${(100 * accuracy).toFixed(0)} %\n  ${formatTranslationReport(figures).trim().replaceAll('\n', '\n  ')}`,
      baseline: `bar: ${BAR} of ${melodies} keep their melody, and ${BAR} of ${count} are heard as the target`,
      ratio: Math.min(kept, moved) / BAR,
      meaning: 'times the bar',
    },
  ]
}

async function learnAll(trainer: MusicTranslationTrainer, path: string): Promise<void> {
  while (trainer.step < plan.stepCount) {
    const losses = await trainer.advance()
    if (trainer.step % plan.checkSteps !== 0 && trainer.step < plan.stepCount) continue
    keepTraining(path, text, storeAveragedState(trainer.save()))
    const told = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`)
    process.stderr.write(`step ${trainer.step} of ${plan.stepCount}: ${told.join(', ')}\n`)
  }
}
