import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trainingNeeds, type TrainingFacts } from '../../../../../src/main/compute/training/training-needs.ts'

const facts: TrainingFacts = {
  preset: 'normal',
  method: 'enroll',
  size: 'fast',
  singersSec: [120],
  stepsPerSec: 4,
  analysisFactor: 10,
  residentBytes: 400e6,
}

test('more clips, a longer plan and a slower engine take longer, and never less disk or memory', () => {
  const order = ['quick', 'normal', 'long'] as const
  fc.assert(
    fc.property(
      fc.double({ min: 5, max: 600, noNaN: true }),
      fc.double({ min: 0.2, max: 50, noNaN: true }),
      fc.nat(1),
      (clipsSec, stepsPerSec, index) => {
        const needs = (change: Partial<TrainingFacts>) =>
          trainingNeeds({ ...facts, singersSec: [clipsSec], stepsPerSec, ...change })
        const [shorter, longer] = [needs({ preset: order[index] }), needs({ preset: order[index + 1] })]
        expect(longer.stepCount).toBeGreaterThan(shorter.stepCount)
        expect(longer.sec?.lowSec ?? 0).toBeGreaterThan(shorter.sec?.lowSec ?? Infinity)
        expect(needs({ singersSec: [clipsSec * 2] }).diskBytes).toBeGreaterThan(needs({}).diskBytes)
        expect(needs({ singersSec: [clipsSec * 2] }).memoryBytes).toBeGreaterThan(needs({}).memoryBytes)
        expect(needs({ stepsPerSec: stepsPerSec / 2 }).sec?.highSec ?? 0).toBeGreaterThan(needs({}).sec?.highSec ?? 0)
      },
    ),
  )
})

test('without a measured engine no time is told, and what is measured on this machine counts', () => {
  expect(trainingNeeds({ ...facts, stepsPerSec: null }).sec).toBeNull()
  const lean = trainingNeeds({ ...facts, residentBytes: 200e6 }).memoryBytes
  expect(trainingNeeds(facts).memoryBytes - lean).toBe(200e6)
})
