import fc from 'fast-check'
import { expect, test } from 'vitest'
import { degradations, degrade, pinkNoise } from '../../../../src/shared/pitch/evaluation/degradations.ts'
import { equalize } from '../../../../src/shared/pitch/evaluation/equalize.ts'
import { realFft } from '../../../../src/shared/dsp/fft.ts'

const fs = 16_000
const tone = Float64Array.from({ length: fs }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 220 * i) / fs))
const powerDb = (x: Float64Array) => 10 * Math.log10(x.reduce((sum, value) => sum + value * value, 0) / x.length)

test('what is added lies as far below the sound as was asked, and the length stays', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...degradations),
      fc.integer({ min: 0, max: 60 }),
      fc.nat(99),
      (kind, levelDb, seed) => {
        const degraded = degrade(tone, fs, kind, levelDb, seed)
        expect(degraded.length).toBe(tone.length)
        expect(powerDb(tone) - powerDb(degraded.map((value, i) => value - tone[i]))).toBeCloseTo(levelDb, 6)
      },
    ),
    { numRuns: 15 },
  )
})

test('the same seed gives the same sound, another seed another', () => {
  for (const kind of degradations) {
    expect(degrade(tone, fs, kind, 20, 3)).toEqual(degrade(tone, fs, kind, 20, 3))
    expect(degrade(tone, fs, kind, 20, 3)).not.toEqual(degrade(tone, fs, kind, 20, 4))
  }
})

test('pink noise falls by three decibels per octave', () => {
  const size = 65_536
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  realFft(size).forward(pinkNoise(size, fs, 5), re, im)
  const meanDb = (fromHz: number) => {
    const [first, last] = [fromHz, 2 * fromHz].map((hz) => Math.round((hz * size) / fs))
    let sum = 0
    for (let k = first; k < last; k++) sum += re[k] ** 2 + im[k] ** 2
    return 10 * Math.log10(sum / (last - first))
  }
  for (const hz of [125, 250, 500, 1000, 2000]) expect(meanDb(hz) - meanDb(2 * hz)).toBeCloseTo(3.01, 0)
})

test('reverberation goes on after the sound has ended, and never comes before it', () => {
  const click = new Float64Array(fs)
  click[4000] = 1
  const wet = degrade(click, fs, 'reverberant', 10, 1)
  expect(wet.slice(0, 4000).every((value) => Math.abs(value) < 1e-12)).toBe(true)
  expect(wet.slice(8000).some((value) => Math.abs(value) > 1e-4)).toBe(true)
})

test('an equalizer of no range changes nothing, and one of six decibels stays within them', () => {
  const level = equalize(tone, fs, 0, 1)
  level.forEach((value, i) => expect(value).toBeCloseTo(tone[i], 9))
  for (let seed = 0; seed < 8; seed++) {
    const changeDb = powerDb(equalize(tone, fs, 6, seed)) - powerDb(tone)
    expect(Math.abs(changeDb)).toBeLessThan(6.1)
  }
})
