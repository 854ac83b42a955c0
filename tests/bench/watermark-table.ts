import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { concatenated } from '../../src/shared/base/concatenated.ts'
import { dbToGain } from '../../src/shared/units/level.ts'
import { createMarkDetector, THRESHOLD } from '../../src/shared/watermark/detector.ts'
import { DETECTOR_RATE_HZ } from '../../src/shared/watermark/levels.ts'
import { createMarker, MARK_DEPTH_DB } from '../../src/shared/watermark/marker.ts'
import { readSound } from '../../src/main/evaluation/read-sound.ts'
import { findSpeakers, mergeSpeakers } from '../../src/main/evaluation/speakers.ts'
import { createResampler } from '../../src/main/files/resample.ts'
import { atPeak } from '../support/doctor-cases.ts'
import { hasMp3Encoder, throughMp3 } from '../support/mp3-round-trip.ts'

/**
 * `npm run watermark-table -- FOLDER… [--seconds N]… [--depth DB]`: recordings of each person, joined and cut to so many
 * seconds, are marked, changed and listened to; and the same ones unmarked. Prints in how many the mark is heard, the
 * lowest score, and by how much marked sound differs. With `lame` on the PATH, MP3 is measured too.
 */
const RATE_HZ = 44_100

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', multiple: true, default: ['10', '30'] },
    depth: { type: 'string', default: String(MARK_DEPTH_DB) },
  },
})
const depthDb = Number(options.depth)
const resample = await createResampler()
const workFolder = mkdtempSync(join(tmpdir(), 'watermark-'))

type Change = (samples: Float32Array) => Float32Array | Promise<Float32Array>
const changes: readonly (readonly [name: string, change: Change])[] = [
  ['as it is', (samples) => samples],
  ['3 dB softer, 16 bits', (samples) => samples.map((sample) => Math.round(sample * dbToGain(-3) * 32_768) / 32_768)],
  ['at 22.05 kHz and back', (samples) => resample(resample(samples, RATE_HZ, 22_050), 22_050, RATE_HZ)],
  ['its first 1.37 s cut off', (samples) => samples.subarray(Math.round(1.37 * RATE_HZ))],
  ...(hasMp3Encoder() ? ['128', '64'] : []).map(
    (kbit) => [`MP3, ${kbit} kbit/s`, (samples: Float32Array) => coded(samples, ['-b', kbit])] as const,
  ),
]
if (!hasMp3Encoder()) process.stdout.write('No `lame` on the PATH: MP3 is not measured.\n')

/** So many seconds of each person, at one rate and level; of who has less, nothing. */
async function voices(durationSec: number): Promise<Float32Array[]> {
  const found: Float32Array[] = []
  for (const { files } of mergeSpeakers(positionals.flatMap(findSpeakers))) {
    const parts: Float32Array[] = []
    let heldSamples = 0
    for (const { path } of files) {
      if (heldSamples >= durationSec * RATE_HZ) break
      const { samples, rateHz } = await readSound(path)
      parts.push(resample(samples, rateHz, RATE_HZ))
      heldSamples += parts[parts.length - 1].length
    }
    const whole = concatenated(parts)
    if (whole.length >= durationSec * RATE_HZ) found.push(atPeak(whole.subarray(0, durationSec * RATE_HZ)))
  }
  return found
}

async function coded(samples: Float32Array, settings: readonly string[]): Promise<Float32Array> {
  const back = await throughMp3({ samples, rateHz: RATE_HZ }, settings, workFolder)
  return resample(back.samples, back.rateHz, RATE_HZ)
}

async function scoresOf(sounds: readonly Float32Array[], change: Change): Promise<number[]> {
  const scores: number[] = []
  for (const samples of sounds) scores.push(score(await change(samples)))
  return scores
}

function marked(samples: Float32Array): Float32Array {
  const marker = createMarker(RATE_HZ, 1, depthDb)
  return concatenated([marker.process([samples])[0], marker.finish()[0]])
}

function score(samples: Float32Array): number {
  const detector = createMarkDetector()
  detector.push(resample(samples, RATE_HZ, DETECTOR_RATE_HZ))
  return detector.finish().score
}

const powerOf = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample ** 2, 0)

function row(name: string, scores: readonly number[]): string {
  const heard = scores.filter((value) => value >= THRESHOLD).length
  const sorted = scores.toSorted((a, b) => a - b)
  const figures = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted[sorted.length - 1]].map((value) => value.toFixed(1).padStart(6)) // prettier-ignore
  return `${name.padEnd(28)}${`${heard} of ${scores.length}`.padStart(10)}  ${figures.join('')}\n`
}

for (const text of options.seconds) {
  const durationSec = Number(text)
  const plain = await voices(durationSec)
  const carrying = plain.map(marked)
  const differences = carrying.map((samples, index) => 10 * Math.log10(powerOf(samples.map((sample, at) => sample - plain[index][at])) / powerOf(plain[index]))) // prettier-ignore
  process.stdout.write(`\n${durationSec} s of ${plain.length} people, ${depthDb} dB; marked from a score of ${THRESHOLD}. The mark lies ${Math.min(...differences).toFixed(1)} to ${Math.max(...differences).toFixed(1)} dB under the voice.\n${''.padEnd(28)}     heard   least   half   most\n`) // prettier-ignore
  for (const [name, change] of changes) process.stdout.write(row(name, await scoresOf(carrying, change))) // prettier-ignore
  for (const [name, change] of changes.filter((_, index) => index === 0 || index > 3)) process.stdout.write(row(`unmarked, ${name}`, await scoresOf(plain, change))) // prettier-ignore
}

/** False alarms, over every piece of every recording that was never marked. */
const pieceSec = Number(options.seconds[0])
const scores: number[] = []
for (const { files } of positionals.flatMap(findSpeakers)) {
  for (const { path } of files) {
    const { samples, rateHz } = await readSound(path)
    const sound = resample(samples, rateHz, RATE_HZ)
    for (let at = 0; at + pieceSec * RATE_HZ <= sound.length; at += pieceSec * RATE_HZ) {
      scores.push(score(sound.subarray(at, at + pieceSec * RATE_HZ)))
    }
  }
}
process.stdout.write(`\nAll pieces of ${pieceSec} s that were never marked\n${row('unmarked', scores)}`)
rmSync(workFolder, { recursive: true })
