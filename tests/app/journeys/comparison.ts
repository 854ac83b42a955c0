import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openWavReader } from '../../../src/main/files/wav-file.ts'

/** The two sounds of one region that begin together. */
export interface Compared {
  readonly original: Float32Array
  readonly converted: Float32Array
}

/** The media of a song that was never saved: its one source of that length, and its one conversion. */
export function comparedIn(unsavedFolder: string, sourceSamples: number): Compared {
  const media = readdirSync(unsavedFolder)
    .map((name) => join(unsavedFolder, name))
    .find((folder) => existsSync(join(folder, 'renders')))
  if (media === undefined) throw new Error('the song has no media')
  const [converted] = soundsIn(join(media, 'renders'))
  const original = soundsIn(join(media, 'sources')).find(({ length }) => length === sourceSamples)
  if (original === undefined) throw new Error(`no source is ${sourceSamples} samples long`)
  return { original, converted }
}

function soundsIn(folder: string): readonly Float32Array[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .map((name) => {
      const reader = openWavReader(join(folder, name))
      const [samples] = reader.read(0, reader.durationSamples)
      reader.close()
      return samples
    })
}

/** How long a piece of what was heard is looked for in the media. */
const SOUGHT_SAMPLES = 1_000
/** What a sound may differ by from its media: rounding. */
const ROUNDING = 1e-4

/** −40 dB: what is softer is no voice. */
const AUDIBLE = 0.01

/** The loudest piece of either end; the switch lies in the middle. */
function endsOf(heard: Float32Array): readonly [Piece, Piece] {
  const third = Math.floor(heard.length / 3)
  return [loudestPiece(heard, 0, third), loudestPiece(heard, 2 * third, heard.length)]
}

/** Whether a voice is heard before the switch and after it. */
export const isTelling = (heard: Float32Array): boolean =>
  endsOf(heard).every(({ samples }) => Math.sqrt(powerOf(samples) / samples.length) > AUDIBLE)

/**
 * What was heard of two sounds that go round in a loop: it is the same place before and after the switch, and nothing
 * is louder than both.
 */
export function goesOnUnchanged(heard: Float32Array, before: Float32Array, after: Float32Array): void {
  const ends = endsOf(heard)
  const [first, second] = [placeOf(ends[0], before), placeOf(ends[1], after)]
  expect([first, second].filter(({ error }) => error > ROUNDING)).toEqual([])
  const length = before.length
  // At most one sample to either side, also where the loop begins anew.
  expect((first.startSamples - second.startSamples + length + 1) % length).toBeLessThanOrEqual(2)
  const isLouder = (sample: number, index: number): boolean => {
    const at = (first.startSamples + index) % length
    return Math.abs(sample) > Math.max(Math.abs(first.gain * before[at]), Math.abs(second.gain * after[at])) + ROUNDING
  }
  expect(heard.findIndex(isLouder)).toBe(-1)
}

interface Piece {
  readonly from: number
  readonly samples: Float32Array
}

/** Voices pause, and silence could lie anywhere. */
function loudestPiece(samples: Float32Array, from: number, until: number): Piece {
  const pieces: Piece[] = []
  for (let at = from; at + SOUGHT_SAMPLES <= until; at += SOUGHT_SAMPLES)
    pieces.push({ from: at, samples: samples.subarray(at, at + SOUGHT_SAMPLES) })
  return pieces.reduce((loudest, piece) => (powerOf(piece.samples) > powerOf(loudest.samples) ? piece : loudest))
}

/**
 * Where in the loop the whole of what was heard would begin if the piece lies where it fits best, at which gain, and
 * by how much it differs from the media there.
 */
function placeOf({ samples, from }: Piece, loop: Float32Array) {
  const media = new Float32Array(loop.length + samples.length)
  media.set(loop)
  media.set(loop.subarray(0, samples.length), loop.length)
  const power = powerOf(samples)
  let mediaPower = powerOf(media.subarray(0, samples.length))
  let best = { startSamples: 0, gain: 0, error: Infinity }
  for (let at = 0; at < loop.length; at++) {
    const product = dot(samples, media, at)
    const gain = product / Math.max(mediaPower, Number.MIN_VALUE)
    const error = Math.sqrt(Math.max(0, power - gain * product) / samples.length)
    if (gain > 0 && error < best.error) best = { startSamples: (at - from + loop.length) % loop.length, gain, error }
    mediaPower += media[at + samples.length] ** 2 - media[at] ** 2
  }
  return best
}

function dot(a: Float32Array, b: Float32Array, bStart: number): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index] * b[bStart + index]
  return sum
}
const powerOf = (samples: Float32Array): number => dot(samples, samples, 0)
