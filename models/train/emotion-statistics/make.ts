import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { silentProgress } from '../../../src/shared/base/progress.ts'
import { analyzeClip } from '../../../src/shared/conversion/clip-features.ts'
import { learnStatistics, type EmotionClip } from '../../../src/shared/conversion/emotions/learn-statistics.ts'
import { measureClip } from '../../../src/shared/conversion/emotions/measure-clip.ts'
import type { EmotionStatistics } from '../../../src/shared/conversion/emotions/definition.ts'
import { sourceOf } from '../../../src/shared/conversion/sound.ts'
import { loadKernelsWithCrew } from '../../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../../src/main/compute/kernels.ts'
import { writeEmotionTables } from '../../../src/main/compute/models/emotion-tables.ts'
import { readSound } from '../../../src/main/evaluation/read-sound.ts'
import { createResampler } from '../../../src/main/files/resample.ts'

/**
 * Makes `models/emotion-statistics-emodb-v5` from the Berlin Database of Emotional Speech: see README.md here.
 * The same recordings give the same bytes.
 */

/** EmoDB's own letters; boredom (L) and disgust (E) are not offered. */
const EMOTION_LETTERS: Readonly<Record<string, string>> = {
  N: 'neutral',
  F: 'happy',
  W: 'angry',
  T: 'sad',
  A: 'fearful',
}
/** Speaker, text, emotion, take: "03a01Fa". */
const FILE_NAME = /^(\d\d)([ab]\d\d)([A-Z])([a-z])$/
const COLUMNS = [
  'pitch',
  'slope',
  'range',
  'tremor',
  'jitter',
  'dynamics',
  'modulation',
  'articulation',
  'breath',
  'high against low',
]
/** Shorter recordings have too few voiced frames for a deviation that means something. */
const SHORTEST_SEC = 1.2

const { values } = parseArgs({ options: { audio: { type: 'string' }, out: { type: 'string' } } })
if (values.audio === undefined) {
  process.stderr.write('Usage: npm run emotion-tables -- --audio <folder of EmoDB recordings> [--out <model folder>]\n')
  process.exit(2)
}
const outFolder = resolve(values.out ?? join(import.meta.dirname, '../../emotion-statistics-emodb-v5'))
const recordings = findRecordings(resolve(values.audio))
const clips = await measureRecordings(recordings)
const tables = learnStatistics(clips)
writeTables(outFolder, tables)
report(tables)
process.exit(0) // the kernels' crew would wait for more

interface Recording {
  readonly path: string
  readonly speakerId: string
  readonly emotionId: string
}

function findRecordings(folder: string): Recording[] {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return found
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
    .flatMap((name) => {
      const match = FILE_NAME.exec(basename(name, extname(name)))
      const emotionId = match === null ? undefined : EMOTION_LETTERS[match[3]]
      return match === null || emotionId === undefined
        ? []
        : [{ path: join(folder, name), speakerId: match[1], emotionId }]
    })
}

async function measureRecordings(found: readonly Recording[]): Promise<EmotionClip[]> {
  const resample = await createResampler()
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const measured: EmotionClip[] = []
  for (const { path, speakerId, emotionId } of found) {
    const { samples, rateHz } = await readSound(path)
    if (samples.length < SHORTEST_SEC * rateHz) continue
    if (samples.every((value) => value === 0)) continue
    const measure = measureClip(analyzeClip(sourceOf([samples], rateHz), resample, silentProgress, kernels))
    if (measure !== null) measured.push({ speakerId, emotionId, measure })
  }
  return measured
}

function writeTables(folder: string, learned: readonly EmotionStatistics[]): void {
  const byId = new Map(learned.map((table) => [table.emotionId, table]))
  const manifest = {
    format: 'emotion-statistics',
    translator: 'statistics',
    version: 5,
    bands: 64,
    trainedOn: 'EmoDB (Berlin Database of Emotional Speech)',
    licence: 'CC-BY-4.0',
    clipCount: clips.length,
    speakerCount: new Set(clips.map((clip) => clip.speakerId)).size,
    /** SHA-256 over the names and contents of the recordings, in order. */
    dataDigest: digestOfData(recordings),
    card: 'CARD.md',
  }
  writeEmotionTables(folder, byId, manifest)
  const weights = readFileSync(join(folder, 'model.safetensors'))
  const withDigest: unknown = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const completed = { ...Object(withDigest), sha256: createHash('sha256').update(weights).digest('hex') }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(completed, null, 2)}\n`)
}

function digestOfData(found: readonly Recording[]): string {
  const hash = createHash('sha256')
  for (const { path } of found) hash.update(basename(path)).update(readFileSync(path))
  return hash.digest('hex')
}

function report(learned: readonly EmotionStatistics[]): void {
  const count = (emotionId: string) => clips.filter((clip) => clip.emotionId === emotionId).length
  process.stdout.write(
    `${clips.length} clips of ${new Set(clips.map((clip) => clip.speakerId)).size} speakers, ${count('neutral')} neutral\n`,
  )
  process.stdout.write(`| | ${COLUMNS.join(' | ')} |\n|${'---|'.repeat(COLUMNS.length + 1)}\n`)
  for (const table of learned) {
    const { shapeOffset: shape } = table
    const tilt = mean(shape.subarray(32, 55)) - mean(shape.subarray(0, 32))
    const cells = [
      `${signed(1200 * table.pitchOffsetOctaves, 0)} cents`,
      `${signed(1200 * table.pitchSlopeOctavesPerSec, 0)} cents/s`,
      ...[
        table.pitchSpreadLogRatio,
        table.tremorLogRatio,
        table.jitterLogRatio,
        table.energySpreadLogRatio,
        table.energyModulationLogRatio,
        mean(table.articulationLogRatios.subarray(1, 13)),
      ].map((logRatio) => `× ${Math.exp(logRatio).toFixed(2)}`),
      `${signed(table.breathDb, 1)} dB`,
      `${signed((10 / Math.LN10) * tilt, 1)} dB`,
    ]
    process.stdout.write(`| ${table.emotionId} (${count(table.emotionId)} clips) | ${cells.join(' | ')} |\n`)
  }
  process.stdout.write(`Written to ${outFolder}\n`)
}

function mean(numbers: Float32Array): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

function signed(value: number, digits: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`
}
