import { availableParallelism, cpus } from 'node:os'
import { benchConversion } from './conversion.ts'
import { benchEmotion } from './emotion.ts'
import { benchEngines } from './engines.ts'
import { benchFarm } from './farm.ts'
import { benchPeaks } from './peaks.ts'
import { benchProjectOpen } from './project-open.ts'
import { benchRedraw } from './redraw.ts'
import { benchRenderers } from './renderers.ts'
import { benchSampler } from './sampler.ts'
import { benchEnrolment, benchStem } from './stem.ts'
import { benchInterface } from './interface.ts'
import { kept, type BenchRow } from './stopwatch.ts'
import { benchTraining } from './training.ts'
import { benchTwoInstruments } from './two-instruments.ts'
import { benchVocoders } from './vocoders.ts'
import { benchVoice } from './voice.ts'
import { benchBackTranslation, benchTwoSingers, benchWaveform } from './waveform.ts'
import { benchWorld } from './world.ts'

/**
 * `npm run bench`: how fast the product is, as ratios to plain baselines of the same run, so that two machines can be
 * compared. `npm run bench -- peaks redraw` runs only parts; `--json` prints for programs.
 */
const parts: Readonly<Record<string, () => BenchRow[] | Promise<BenchRow[]>>> = {
  conversion: benchConversion,
  voice: benchVoice,
  world: benchWorld,
  training: benchTraining,
  sampler: benchSampler,
  vocoders: benchVocoders,
  renderers: benchRenderers,
  waveform: benchWaveform,
  'back-translation': benchBackTranslation,
  'two-singers': benchTwoSingers,
  'two-instruments': benchTwoInstruments,
  enrolment: benchEnrolment,
  stem: benchStem,
  engines: benchEngines,
  emotion: benchEmotion,
  farm: benchFarm,
  peaks: benchPeaks,
  project: benchProjectOpen,
  redraw: benchRedraw,
  interface: benchInterface,
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const unknown = asked.find((name) => !(name in parts))
if (unknown !== undefined) {
  process.stderr.write(`There is no part “${unknown}”; parts: ${Object.keys(parts).join(', ')}.\n`)
  process.exit(2)
}
const isJson = process.argv.includes('--json')
const rows: BenchRow[] = []
if (!isJson)
  process.stdout.write(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, Node ${process.version}\n`,
  )
for (const [name, bench] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  for (const row of await bench()) {
    rows.push(row)
    if (!isJson) process.stdout.write(describe(row))
  }
}
if (isJson) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
if (!Number.isFinite(kept())) process.stderr.write('A benchmark computed something that is not a number.\n')

function describe({ name, measured, baseline, ratio, meaning }: BenchRow): string {
  return `\n${name}: ${ratio.toPrecision(3)} ${meaning}\n  ${measured}\n  ${baseline}\n`
}
