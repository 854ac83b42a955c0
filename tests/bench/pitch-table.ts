import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadKernels } from '../../src/main/compute/kernels.ts'
import { wavFormat } from '../../src/shared/formats/wav.ts'
import {
  measureTracker,
  pitchConditions,
  voicingFlips,
  type Condition,
  type PitchCase,
  type TrackerFigures,
} from '../../src/shared/pitch/evaluation/measure-trackers.ts'
import { pitchTrackers } from '../../src/shared/pitch/index.ts'
import { sungCases } from '../support/sung-pitch.ts'

/**
 * `npm run pitch-table`: every pitch tracker on the synthesizer's voices, clean and degraded, as Markdown.
 * `--vocadito DIR` adds the recordings of vocadito (doi 10.5281/zenodo.5578807: Audio/*.wav, Annotations/F0/*_f0.csv)
 * that lie there with their annotations; `--steady DIR` says how steady each tracker's voicing is on any folder's WAV
 * files behind a random equalizer; `--clean` leaves the degraded sounds out. Cost is processor time, with the compiled
 * kernels if they were built.
 */
const sungSec = 8
const equalizerDb = 6

const optionOf = (name: string): string | undefined => {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
const conditions = process.argv.includes('--clean') ? pitchConditions.slice(0, 1) : pitchConditions
const kernelsFolder = join(dirname(fileURLToPath(import.meta.url)), '../../out/kernels')
const { pitch: kernel } = loadKernels(kernelsFolder, (line) => process.stderr.write(`${line}\n`))

printSet(`The synthesizer's voices`, sungCases(sungSec))
const vocadito = optionOf('--vocadito')
if (vocadito !== undefined) printSet('vocadito', readVocadito(vocadito))
const steady = optionOf('--steady')
if (steady !== undefined) printSteadiness(wavNames(steady).map((name) => readSound(join(steady, name))))

function printSet(title: string, cases: readonly PitchCase[]): void {
  const seconds = cases.reduce((sum, { x, fs }) => sum + x.length / fs, 0)
  print(`\n### ${title} (${cases.length} recordings, ${seconds.toFixed(0)} s)\n`)
  print('| sound | tracker | raw pitch | raw chroma | voicing recall | false alarms | octave errors | overall |')
  print('| --- | --- | --: | --: | --: | --: | --: | --: |')
  const means = { nowMs: processorMs, ...(kernel && { kernel }) }
  const all = conditions.map((condition) =>
    pitchTrackers.map((tracker) => {
      const figures = measureTracker(tracker, cases, condition, means)
      print(row(nameOf(condition), tracker.label, figures))
      return figures
    }),
  )
  print(`\n| mean of the ${conditions.length} sounds | overall | ms per second of sound |\n| --- | --: | --: |`)
  pitchTrackers.forEach((tracker, t) => {
    const mine = all.map((ofCondition) => ofCondition[t])
    const overall = mine.reduce((sum, one) => sum + one.overallAccuracy, 0) / mine.length
    // Other work on the machine only ever adds to the time.
    const leastMs = Math.min(...mine.map((one) => one.msPerSec))
    print(`| ${tracker.label} | ${percent(overall)} | ${leastMs.toFixed(1)} |`)
  })
}

function row(sound: string, label: string, figures: TrackerFigures): string {
  const { rawPitchAccuracy, rawChromaAccuracy, voicingRecall, voicingFalseAlarm } = figures
  const { octaveErrors, overallAccuracy } = figures
  const shares = [rawPitchAccuracy, rawChromaAccuracy, voicingRecall, voicingFalseAlarm, octaveErrors, overallAccuracy]
  return `| ${sound} | ${label} | ${shares.map(percent).join(' | ')} |`
}

function printSteadiness(sounds: readonly Pick<PitchCase, 'x' | 'fs'>[]): void {
  print(`\n### Voicing that flips behind an equalizer of ± ${equalizerDb} dB (${sounds.length} recordings)\n`)
  print('| tracker | frames |\n| --- | --: |')
  for (const tracker of pitchTrackers)
    print(`| ${tracker.label} | ${percent(voicingFlips(tracker, sounds, equalizerDb, kernel))} |`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Of this process: what else runs on the machine hardly matters. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function nameOf({ degradation, levelDb }: Condition): string {
  return degradation === null ? 'clean' : `${degradation}, ${levelDb} dB`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function wavNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .sort()
}

function readVocadito(folder: string): PitchCase[] {
  return wavNames(join(folder, 'Audio')).flatMap((fileName) => {
    const name = fileName.slice(0, -'.wav'.length)
    const annotation = join(folder, 'Annotations', 'F0', `${name}_f0.csv`)
    if (!existsSync(annotation)) return []
    const rows = readFileSync(annotation, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number))
    const truth = {
      timesSec: Float64Array.from(rows, ([timeSec]) => timeSec),
      f0Hz: Float64Array.from(rows, ([, hz]) => hz),
    }
    return [{ name, ...readSound(join(folder, 'Audio', fileName)), truth }]
  })
}

/** Of several channels the first. */
function readSound(path: string): { x: Float64Array; fs: number } {
  const read = wavFormat.read(readFileSync(path))
  if (!read.ok) throw new Error(`${path}: ${read.failure.message}`)
  return { x: Float64Array.from(read.value.channels[0]), fs: read.value.rateHz }
}
