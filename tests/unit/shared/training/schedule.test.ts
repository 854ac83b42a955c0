import { expect, test } from 'vitest'
import { isExhausted, noChecksYet, noteLoss } from '../../../../src/shared/training/early-stopping.ts'
import { trainingPlans } from '../../../../src/shared/training/presets.ts'
import { oneCycleRate } from '../../../../src/shared/training/schedule.ts'

test('the rate rises over the first tenth, peaks once, and falls to nothing', () => {
  const rates = Array.from({ length: 1200 }, (_, step) => oneCycleRate(step, 1200, 3e-3))
  expect(rates[0]).toBeCloseTo(3e-3 / 120, 12)
  expect(Math.max(...rates)).toBe(3e-3)
  expect(rates.indexOf(3e-3)).toBe(119)
  expect(rates[1199]).toBeCloseTo(0, 12)
  expect(rates[659]).toBeCloseTo(1.5e-3, 12)
  for (let step = 1; step < 120; step++) expect(rates[step]).toBeGreaterThan(rates[step - 1])
  for (let step = 120; step < 1200; step++) expect(rates[step]).toBeLessThan(rates[step - 1])
})

test('the best check is remembered, and patience counts the checks after it', () => {
  let history = noChecksYet
  for (const [step, loss] of [
    [100, 0.5],
    [200, 0.4],
    [300, 0.41],
    [400, 0.3999],
  ]) {
    history = noteLoss(history, step, loss)
  }
  expect(history).toEqual({ bestStep: 200, bestLoss: 0.4, checksSinceBest: 2 })
  expect(isExhausted(history, 2)).toBe(true)
  expect(isExhausted(history, 3)).toBe(false)
})

test('longer presets take more steps, and every preset ends on a check', () => {
  const { quick, normal, long } = trainingPlans
  expect(quick.stepCount).toBeLessThan(normal.stepCount)
  expect(normal.stepCount).toBeLessThan(long.stepCount)
  for (const { stepCount, checkSteps } of [quick, normal, long]) expect(stepCount % checkSteps).toBe(0)
})
