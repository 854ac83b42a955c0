import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatenated } from '../../../../../src/shared/base/concatenated.ts'
import { createLevelMatch } from '../../../../../src/shared/conversion/renderers/level-match.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { planSpan } from '../../../../../src/shared/conversion/windows.ts'

const RATE_HZ = 11_025
const source = Float32Array.from(
  { length: 3000 },
  (_, index) => Math.sin(index / 9) * (index < 1500 ? 0.1 : 0.5) * (1 + 0.3 * Math.sin(index / 400)),
)
const sung = Float64Array.from({ length: source.length }, (_, index) => 0.3 * Math.cos(index / 5))

function match(ends: readonly number[], levelChange?: Float64Array): Float64Array {
  const written: Float64Array[] = []
  const span = planSpan(sourceOf([source], RATE_HZ), 0, source.length)
  const level = createLevelMatch(span, levelChange, ([channel]) => written.push(channel))
  const cuts = [0, ...[...ends].sort((a, b) => a - b), source.length]
  for (let part = 1; part < cuts.length; part++) level.push([sung.slice(cuts[part - 1], cuts[part])])
  level.finish()
  return concatenated(written, Float64Array)
}

function powerOf(x: Float32Array | Float64Array, first: number, end: number): number {
  let sum = 0
  for (let index = first; index < end; index++) sum += x[index] * x[index]
  return sum
}

test('however it is pushed, the same sound comes out, all of it', () => {
  const whole = match([])
  expect(whole.length).toBe(source.length)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: source.length }), { maxLength: 8 }), (ends) => {
      expect(match(ends)).toEqual(whole)
    }),
    { numRuns: 20 },
  )
})

test('a sound gets its source’s level where it is loud and where it is soft, or that and what is asked for', () => {
  const plain = match([])
  const louder = match([], new Float64Array(60).fill(Math.log(2)))
  for (const [first, end] of [
    [300, 1200],
    [1800, 2700],
  ]) {
    const wanted = powerOf(source, first, end)
    expect(powerOf(plain, first, end) / wanted).toBeCloseTo(1, 1)
    expect(powerOf(louder, first, end) / wanted).toBeCloseTo(2, 1)
  }
})
