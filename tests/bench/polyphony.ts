import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/shared/base/random.ts'
import { createRealFft } from '../../src/shared/dsp/fft.ts'
import { detectPolyphony } from '../../src/shared/screening/polyphony.ts'
import { exerciseScore, synthesize, transposeScore, voices } from '../../src/shared/synthesizer/index.ts'
import { readSound, type Sound } from '../../src/main/evaluation/read-sound.ts'

/**
 * `node tests/bench/polyphony.ts FOLDER…`: how often solo singing is taken for more than one voice, and how often a
 * mixture is recognized. Every folder holds recordings of solo voices; mixtures are made of neighbors in a folder.
 */
const PIECE_SEC = 12
const RATE_HZ = 24_000
const SYNTHESIZED_SEEDS = [1, 2, 3]
const INTERVALS = [3, 4, 5, 7, 9]
const REVERBERATION_SEC = 0.8

function report(name: string, sounds: readonly Sound[]): void {
  const reports = sounds.map(({ samples, rateHz }) => detectPolyphony(samples, rateHz))
  const shares = reports.map(({ secondPitchShare }) => secondPitchShare).sort((a, b) => a - b)
  const flagged = reports.filter(({ isPolyphonic }) => isPolyphonic).length
  const middle = shares[shares.length >> 1] ?? NaN
  const range = `share: middle ${middle.toFixed(3)}, ${(shares[0] ?? NaN).toFixed(3)}…${(shares.at(-1) ?? NaN).toFixed(3)}`
  process.stdout.write(`${name}: ${flagged} of ${sounds.length} taken for more than one voice; ${range}\n`)
}

async function readFolder(folder: string): Promise<Sound[]> {
  const names = readdirSync(folder).filter((name) => /\.(wav|flac)$/.test(name))
  const sounds: Sound[] = []
  for (const name of names.sort()) sounds.push(await readSound(join(folder, name)))
  return sounds
}

function pieces({ samples, rateHz }: Sound): Sound[] {
  const length = PIECE_SEC * rateHz
  const count = Math.max(1, Math.floor(samples.length / length))
  return Array.from({ length: count }, (_, index) => ({
    rateHz,
    samples: samples.subarray(index * length, (index + 1) * length),
  }))
}

const firstPiece = ({ samples, rateHz }: Sound): Sound => ({
  rateHz,
  samples: samples.subarray(0, PIECE_SEC * rateHz),
})

function synthesizedSolos(): Sound[] {
  return Object.values(voices).flatMap((voice) =>
    SYNTHESIZED_SEEDS.map((seed) => ({
      rateHz: RATE_HZ,
      samples: synthesize(exerciseScore(PIECE_SEC, createRandom(seed)), voice, RATE_HZ, seed).samples,
    })),
  )
}

function duets(interval: number): Sound[] {
  return SYNTHESIZED_SEEDS.map((seed) => {
    const score = exerciseScore(PIECE_SEC, createRandom(100 * interval + seed))
    const low = synthesize(score, voices.lead, RATE_HZ, seed)
    const high = synthesize(transposeScore(score, interval), voices.high, RATE_HZ, seed + 1)
    return mix({ samples: low.samples, rateHz: RATE_HZ }, { samples: high.samples, rateHz: RATE_HZ }, 0)
  })
}

function mix(a: Sound, b: Sound, levelDb: number): Sound {
  const gain = (rootMeanSquare(a.samples) / rootMeanSquare(b.samples)) * 10 ** (levelDb / 20)
  const length = Math.min(a.samples.length, b.samples.length)
  return {
    rateHz: a.rateHz,
    samples: Float32Array.from({ length }, (_, index) => a.samples[index] + gain * b.samples[index]),
  }
}

/** With decaying noise as the room. */
function reverberant({ samples, rateHz }: Sound, wetDb: number): Sound {
  const random = createRandom(7)
  const roomSamples = Math.round(REVERBERATION_SEC * rateHz)
  const size = 2 ** Math.ceil(Math.log2(samples.length + roomSamples))
  const fft = createRealFft(size)
  const [dry, room] = [new Float64Array(size), new Float64Array(size)]
  dry.set(samples)
  for (let n = 0; n < roomSamples; n++) room[n] = random.normal() * Math.exp((-6.9 * n) / roomSamples)
  const [dryRe, dryIm, roomRe, roomIm] = Array.from({ length: 4 }, () => new Float64Array(size / 2 + 1))
  fft.forward(dry, dryRe, dryIm)
  fft.forward(room, roomRe, roomIm)
  const re = dryRe.map((value, bin) => value * roomRe[bin] - dryIm[bin] * roomIm[bin])
  const im = dryRe.map((value, bin) => value * roomIm[bin] + dryIm[bin] * roomRe[bin])
  fft.inverse(re, im, dry)
  const wet = Float32Array.from(dry.subarray(0, samples.length))
  const gain = (rootMeanSquare(samples) / rootMeanSquare(wet)) * 10 ** (wetDb / 20)
  return { rateHz, samples: samples.map((value, index) => value + gain * wet[index]) }
}

const rootMeanSquare = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)

const folders = process.argv.slice(2)
report('solo, synthesized', synthesizedSolos())
for (const [index, folder] of folders.entries()) {
  const recordings = await readFolder(folder)
  const name = folder.split('/').filter(Boolean).at(-1) ?? String(index)
  report(`solo, ${name}`, recordings.flatMap(pieces))
  for (const [wetDb, words] of [
    [-12, 'a little'],
    [-6, 'much'],
  ] as const)
    report(
      `solo, ${name}, ${words} reverberation`,
      recordings.map((sound) => reverberant(firstPiece(sound), wetDb)),
    )
  for (const levelDb of [0, -6, -10])
    report(
      `two voices, ${name}, ${levelDb} dB`,
      recordings.slice(1).map((sound, at) => mix(firstPiece(recordings[at]), firstPiece(sound), levelDb)),
    )
}
for (const interval of INTERVALS) report(`two voices, synthesized, ${interval} semitones apart`, duets(interval))
