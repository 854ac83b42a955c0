import { expect, test } from 'vitest'
import { kWeightingBiquads } from '../../../../src/shared/dsp/k-weighting.ts'
import { createLoudnessMeter, integratedLoudness } from '../../../../src/shared/dsp/loudness.ts'

const sine = (rateHz: number, seconds: number, gain: number, hz = 997) =>
  Float32Array.from({ length: rateHz * seconds }, (_, n) => gain * Math.sin((2 * Math.PI * hz * n) / rateHz))

test('a sine of 997 Hz at full scale in one channel measures −3.01 LUFS at any rate', () => {
  for (const rateHz of [24_000, 44_100, 48_000, 96_000])
    expect(integratedLoudness([sine(rateHz, 2, 1)], rateHz)).toBeCloseTo(-3.01, 1)
})

test('twice the amplitude is 6 dB more, and a second equal channel 3 dB more', () => {
  const quiet = integratedLoudness([sine(48_000, 1, 0.1)], 48_000) ?? NaN
  expect(integratedLoudness([sine(48_000, 1, 0.2)], 48_000)).toBeCloseTo(quiet + 6.02, 2)
  expect(integratedLoudness([sine(48_000, 1, 0.1), sine(48_000, 1, 0.1)], 48_000)).toBeCloseTo(quiet + 3.01, 2)
})

test('pauses do not lower the loudness, because the gate leaves them out', () => {
  const loud = sine(48_000, 4, 0.3)
  const withPause = new Float32Array(loud.length + 48_000 * 20)
  withPause.set(loud)
  const alone = integratedLoudness([loud], 48_000) ?? NaN
  expect(Math.abs((integratedLoudness([withPause], 48_000) ?? NaN) - alone)).toBeLessThan(0.2)
})

test('silence and less than a block have no loudness', () => {
  expect(integratedLoudness([new Float32Array(48_000)], 48_000)).toBeNull()
  expect(integratedLoudness([sine(48_000, 1, 1).subarray(0, 9000)], 48_000)).toBeNull()
})

/** A stereo tone of 1 kHz in stretches of [peak level in dB, seconds], as EBU Tech 3341 asks. */
function stretches(rateHz: number, parts: readonly (readonly [db: number, sec: number])[]): Float32Array[] {
  const x = new Float32Array(parts.reduce((sum, [, sec]) => sum + Math.round(sec * rateHz), 0))
  let at = 0
  for (const [db, sec] of parts)
    for (const end = at + Math.round(sec * rateHz); at < end; at++)
      x[at] = 10 ** (db / 20) * Math.sin((2 * Math.PI * 1000 * at) / rateHz)
  return [x, x]
}

test.each([8000, 11_025, 44_100, 96_000])('cases 1 to 5 of EBU Tech 3341 hold at %i Hz', (rateHz) => {
  const cases: [readonly (readonly [number, number])[], number][] = [
    [[[-23, 20]], -23],
    [[[-33, 20]], -33],
    [
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      -23,
    ],
    [
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
      -23,
    ],
    [
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      -23,
    ],
  ]
  for (const [parts, expected] of cases)
    expect(Math.abs((integratedLoudness(stretches(rateHz, parts), rateHz) ?? NaN) - expected)).toBeLessThan(0.1)
})

test('short-term and momentary loudness read −23 throughout cases 9 and 12 of EBU Tech 3341', () => {
  const rateHz = 24_000
  const shortTerm = createLoudnessMeter(rateHz, 2)
  for (let turn = 0; turn < 5; turn++) {
    shortTerm.push(
      stretches(rateHz, [
        [-20, 1.34],
        [-30, 1.66],
      ]),
    )
    expect(Math.abs((shortTerm.shortTermLufs() ?? NaN) + 23)).toBeLessThan(0.1)
  }
  expect(Math.abs((shortTerm.maxShortTermLufs() ?? NaN) + 23)).toBeLessThan(0.1)
  const momentary = createLoudnessMeter(rateHz, 2)
  for (let turn = 0; turn < 25; turn++) {
    momentary.push(
      stretches(rateHz, [
        [-20, 0.18],
        [-30, 0.22],
      ]),
    )
    expect(Math.abs((momentary.momentaryLufs() ?? NaN) + 23)).toBeLessThan(0.1)
  }
  expect(Math.abs((momentary.maxMomentaryLufs() ?? NaN) + 23)).toBeLessThan(0.1)
})

test('at 48 kHz the filters are the standard’s own', () => {
  const [shelf, highPass] = kWeightingBiquads(48_000)
  const expected = {
    shelf: {
      b0: 1.53512485958697,
      b1: -2.69169618940638,
      b2: 1.19839281085285,
      a1: -1.69065929318241,
      a2: 0.73248077421585,
    },
    highPass: { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
  }
  for (const key of ['b0', 'b1', 'b2', 'a1', 'a2'] as const) {
    expect(shelf[key]).toBeCloseTo(expected.shelf[key], 8)
    expect(highPass[key]).toBeCloseTo(expected.highPass[key], 8)
  }
})

test('before a whole window was heard nothing is read', () => {
  const meter = createLoudnessMeter(24_000, 2)
  expect([meter.momentaryLufs(), meter.maxShortTermLufs()]).toEqual([null, null])
  meter.push(stretches(24_000, [[-20, 0.5]]))
  expect(meter.momentaryLufs()).not.toBeNull()
  expect(meter.shortTermLufs()).toBeNull()
})

test('a meter fed in pieces reads the same', () => {
  const x = sine(48_000, 2, 0.5)
  const meter = createLoudnessMeter(48_000, 1)
  for (let start = 0; start < x.length; start += 777) meter.push([x.subarray(start, start + 777)])
  expect(meter.integratedLufs()).toBe(integratedLoudness([x], 48_000))
})
