import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFilterBank, FRAME_SAMPLES } from '../../../../src/shared/codecs/aac/filter-bank.ts'
import { windowSequences, type WindowInfo, type WindowSequence } from '../../../../src/shared/codecs/aac/window-info.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'

/** The forward transform as the standard defines it (ISO/IEC 14496-3, 4.6.11.3.3), slow. */
function mdct(windowed: Float64Array): Float64Array {
  const count = windowed.length / 2
  const n0 = (count + 1) / 2
  const cosines = Float64Array.from({ length: 4 * windowed.length }, (_, at) => Math.cos((Math.PI * at) / (4 * count)))
  return Float64Array.from({ length: count }, (_, k) => {
    let sum = 0
    // The angle is a whole number of quarter steps.
    for (let n = 0; n < windowed.length; n++)
      sum += windowed[n] * cosines[(2 * (n + n0) * (2 * k + 1)) % cosines.length]
    return 2 * sum
  })
}

const sine = (size: number) =>
  Float64Array.from({ length: size }, (_, n) => Math.sin((Math.PI * (n + 0.5)) / (2 * size)))

/** A half window of a frame: its rise in the middle, nothing before it, all after it. */
function half(rise: Float64Array): Float64Array {
  const start = (FRAME_SAMPLES - rise.length) / 2
  return Float64Array.from({ length: FRAME_SAMPLES }, (_, n) => (n < start ? 0 : (rise[n - start] ?? 1)))
}

function encode(frame: Float64Array, sequence: WindowSequence): Float64Array {
  const short = sine(128)
  if (sequence === 'short') {
    const spectra = Array.from({ length: 8 }, (_, window) => {
      const start = 448 + 128 * window
      const part = frame.slice(start, start + 256)
      return mdct(part.map((sample, n) => sample * (n < 128 ? short[n] : short[255 - n])))
    })
    return Float64Array.from(spectra.flatMap((spectrum) => [...spectrum]))
  }
  const rise = half(sequence === 'stop' ? short : sine(FRAME_SAMPLES))
  const fall = half(sequence === 'start' ? short : sine(FRAME_SAMPLES)).reverse()
  return mdct(frame.map((sample, n) => sample * (n < FRAME_SAMPLES ? rise[n] : fall[n - FRAME_SAMPLES])))
}

const windowOf = (sequence: WindowSequence): WindowInfo => ({
  sequence,
  isKaiserBessel: false,
  bandCount: 0,
  groupSizes: sequence === 'short' ? [8] : [1],
  edges: [0],
  shapedBandCount: 0,
})

/** Which windows may follow which: long edges meet long ones, short edges short ones. */
const next: Readonly<Record<WindowSequence, readonly WindowSequence[]>> = {
  long: ['long', 'start'],
  start: ['short', 'stop'],
  short: ['short', 'stop'],
  stop: ['long', 'start'],
}

test('what is windowed, transformed and overlapped again is the signal, whatever windows follow each other', () => {
  const choices = fc.array(fc.nat(1), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(choices, fc.nat(1000), (drawn, seed) => {
      const random = createRandom(seed)
      const sequences = drawn.reduce<WindowSequence[]>(
        (all, choice) => [...all, next[all[all.length - 1]][choice]],
        ['long'],
      )
      const signal = Float64Array.from({ length: FRAME_SAMPLES * (sequences.length + 1) }, () => random.normal())
      const bank = createFilterBank()
      sequences.forEach((sequence, index) => {
        const frame = signal.slice(index * FRAME_SAMPLES, (index + 2) * FRAME_SAMPLES)
        const samples = bank.synthesize(encode(frame, sequence), windowOf(sequence))
        if (index === 0) return
        const farthest = samples.reduce((most, sample, n) => Math.max(most, Math.abs(sample - frame[n])), 0)
        expect(farthest).toBeLessThan(1e-9)
      })
    }),
    { numRuns: 6 },
  )
})

test('there are four kinds of window, in the order of the standard', () => {
  expect(windowSequences).toEqual(['long', 'start', 'short', 'stop'])
})
