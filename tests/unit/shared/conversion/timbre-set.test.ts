import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { analyzeClip } from '../../../../src/shared/conversion/clip-features.ts'
import { energies, everySecond, everySecondFrame, shapes } from '../../../../src/shared/conversion/features.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { timbreEvidence } from '../../../../src/shared/conversion/timbre-evidence.ts'
import { distanceDb, timbreSet, type TimbreSet } from '../../../../src/shared/conversion/timbre-set.ts'
import {
  exerciseScore,
  synthesize,
  transposeScore,
  voices,
  type Voice,
} from '../../../../src/shared/synthesizer/index.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000

interface Sung {
  readonly x: Float32Array
  readonly f0: Float32Array
  readonly lm: Float32Array
}

function sing(voice: Voice, seed: number): Sung {
  const score = transposeScore(exerciseScore(6, createRandom(seed)), voice.transposeSemitones)
  const x = Float32Array.from(synthesize(score, voice, RATE_HZ, seed).samples)
  const { f0, lm } = analyzeClip(sourceOf([x], RATE_HZ), sincResample, silentProgress)
  return { x, f0, lm }
}

/** `equalizer` is added to every frame, ln power per band. */
function setOf({ f0, lm }: Sung, equalizer = (_band: number) => 0): TimbreSet {
  const slow = everySecondFrame(lm.map((value, index) => value + equalizer(index % 64)))
  return timbreSet(shapes(slow), everySecond(f0), energies(slow))
}

let lead: readonly Sung[]
let high: readonly Sung[]
beforeAll(() => {
  lead = [61, 62].map((seed) => sing(voices.lead, seed))
  high = [63, 64].map((seed) => sing(voices.high, seed))
}, 60_000)

const distance = (a: TimbreSet, b: TimbreSet) => distanceDb(a, b) ?? NaN

test('a voice is nearer to another recording of itself than to another voice', () => {
  const [own, other] = [distance(setOf(lead[0]), setOf(lead[1])), distance(setOf(lead[0]), setOf(high[0]))]
  expect(own).toBeLessThan(other)
  expect(distance(setOf(high[0]), setOf(high[1]))).toBeLessThan(distance(setOf(high[0]), setOf(lead[0])))
  expect(distance(setOf(lead[0]), setOf(lead[0]))).toBe(0)
})

test('an equalizer of six decibels hardly changes it', () => {
  const dull = setOf(lead[0], (band) => 1.4 * Math.sin(band / 9))
  const change = distance(dull, setOf(high[0])) - distance(setOf(lead[0]), setOf(high[0]))
  expect(Math.abs(change)).toBeLessThan(0.1)
})

test('a sound with hardly any voice tells nothing', () => {
  const silent = { ...lead[0], f0: new Float32Array(lead[0].f0.length) }
  expect(distanceDb(setOf(silent), setOf(high[0]))).toBe(null)
  expect(distanceDb(setOf(lead[0]), setOf(lead[0]), 60)).toBe(null)
})

test('the evidence of a render holds it against every singer and the source, with what is unconverted and what is real', () => {
  const slow = everySecondFrame(high[0].lm)
  const bank = {
    clipFrameCounts: [slow.length / 64],
    shapes: Float32Array.from(shapes(slow)),
    f0: Float32Array.from(everySecond(high[0].f0)),
    energy: Float32Array.from(energies(slow)),
  }
  const pitched = ({ x, f0 }: Sung) => ({ sound: sourceOf([x], RATE_HZ), f0 })
  const tools = { resample: sincResample, progress: silentProgress }
  const { singers, source } = timbreEvidence(pitched(lead[0]), pitched(high[1]), [bank], tools)
  const [{ renderDb, unconvertedDb, itselfDb }] = singers
  expect(renderDb).toBeLessThan(unconvertedDb ?? 0)
  expect(itselfDb).toBeGreaterThan(0)
  expect(source.renderDb).toBeGreaterThan(source.itselfDb ?? Infinity)
}, 60_000)
