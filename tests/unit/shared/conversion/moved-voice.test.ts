import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { createMovedVoice } from '../../../../src/shared/conversion/moved-voice.ts'
import { renderRegion } from '../../../../src/shared/conversion/render.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan, type WindowLengths } from '../../../../src/shared/conversion/windows.ts'
import { harvest } from '../../../../src/shared/world/index.ts'
import { sungSource } from '../../../support/singers.ts'

const RATE_HZ = 24_000
const phrase = sungSource(RATE_HZ, 1.5)
const phrasePitch = Float32Array.from(
  harvest(Float64Array.from(phrase), RATE_HZ, { f0FloorHz: 65, f0CeilHz: 1000, framePeriodSec: 0.005 }),
)

/** A loud phrase, one 40 dB under it, a long pause and a phrase again: what slow filters remember differs. */
function song() {
  const samples = new Float32Array(9 * RATE_HZ)
  const f0 = new Float32Array(9 * 200 + 1)
  for (const [startSec, gain] of [
    [0.2, 1],
    [1.7, 0.01],
    [5.5, 1],
    [7.1, 0.3],
  ]) {
    samples.set(
      phrase.map((value) => gain * value),
      startSec * RATE_HZ,
    )
    f0.set(phrasePitch.subarray(0, 300), startSec * 200)
  }
  return { samples, f0 }
}

function move(ratio: number | Float64Array, lengths: WindowLengths): Float32Array {
  const { samples, f0 } = song()
  const span = planSpan(sourceOf([samples], RATE_HZ), 0, samples.length)
  const survey = surveySpan(span, silentProgress, lengths)
  const written: number[] = []
  const sink = { write: (channels: Float32Array[]) => channels[0].forEach((value) => written.push(value)) }
  renderRegion(span, survey, createMovedVoice(span, f0, { ratio }, null), null, silentProgress, sink)
  return Float32Array.from(written)
}

test('wherever it is cut, a moved voice is the whole one to 1e-4, at one ratio and along a drawn one', () => {
  const drawn = Float64Array.from(song().f0, (_, frame) => 1.2 + 0.3 * Math.sin(frame / 40))
  for (const ratio of [0.5, 2 ** (5 / 12), drawn]) {
    const whole = move(ratio, { shortestSec: 20, longestSec: 30 })
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 45 }), (tenths) => {
        const cut = move(ratio, { shortestSec: tenths / 14, longestSec: tenths / 10 })
        expect(cut.length).toBe(whole.length)
        cut.forEach((value, index) => {
          if (Math.abs(value - whole[index]) > 1e-4)
            expect.fail(`${value} is not ${whole[index]} at ${index / RATE_HZ} s, cut to ${tenths / 10} s`)
        })
      }),
      { numRuns: 2 },
    )
  }
})

test('windows asked for a second time sound as the first time', () => {
  const { samples, f0 } = song()
  const span = planSpan(sourceOf([samples], RATE_HZ), 0, samples.length)
  const { windows } = surveySpan(span, silentProgress, { shortestSec: 2, longestSec: 3 })
  const read = createMovedVoice(span, f0, { ratio: 1.19 }, null)
  const first = windows.map((window) => read(window)[0].slice())
  windows.forEach((window, index) => expect(read(window)[0]).toEqual(first[index]))
})
