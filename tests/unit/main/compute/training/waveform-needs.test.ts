import { expect, test } from 'vitest'
import { waveformNeeds, type WaveformFacts } from '../../../../../src/main/compute/training/waveform/waveform-needs.ts'
import { waveformPlan } from '../../../../../src/shared/training/wavenet-autoencoder/plans.ts'

const facts: WaveformFacts = {
  size: 'preview',
  singersSec: [300, 300],
  gflopPerSec: 20,
  analysisFactor: 6,
  residentBytes: 500e6,
  freeMemoryBytes: 16e9,
}

test('a larger network, more steps and more singers take more of everything that they need', () => {
  const [preview, compact, paper] = (['preview', 'compact', 'paper'] as const).map((size) =>
    waveformNeeds({ ...facts, size }),
  )
  for (const [less, more] of [
    [preview, compact],
    [compact, paper],
  ]) {
    expect(more.sec?.lowSec).toBeGreaterThan(less.sec?.highSec ?? Infinity)
    expect(more.memoryBytes).toBeGreaterThan(less.memoryBytes)
    expect(more.diskBytes).toBeGreaterThan(less.diskBytes)
  }
  expect(waveformNeeds({ ...facts, steps: 12_000 }).sec?.lowSec).toBeGreaterThan(
    1.8 * (preview.sec?.lowSec ?? Infinity),
  )
  expect(waveformNeeds({ ...facts, singersSec: [300, 300, 300] }).diskBytes).toBeGreaterThan(preview.diskBytes)
})

test('a step never asks for more than half of the free memory, and for no less than one item', () => {
  const paper = waveformNeeds({ ...facts, size: 'paper' })
  expect(paper.memoryBytes).toBeLessThan(0.5 * facts.freeMemoryBytes + 1.5e9)
  expect(waveformNeeds({ ...facts, size: 'paper', freeMemoryBytes: 1e9 }).memoryBytes).toBeGreaterThan(2e9)
})

test('where no engine was measured nobody knows the time, and all else is told', () => {
  const { sec, ...rest } = waveformNeeds({ ...facts, gflopPerSec: null })
  expect(sec).toBeNull()
  expect(rest).toEqual({ ...waveformNeeds(facts), sec: undefined })
})

test('a shorter training walks the same way: its rates end where they do, and phase 2 keeps its share', () => {
  const [whole, short] = [waveformPlan('preview'), waveformPlan('preview', 600)]
  expect(short.stepCount / short.rates.decaySteps).toBeCloseTo(whole.stepCount / whole.rates.decaySteps, 6)
  expect(short.translation?.startStep).toBe(400)
  expect(short.translation?.segments).toBe(10)
  expect(short.checkSteps).toBe(20)
  expect(waveformPlan('preview', 6000)).toEqual(whole)
})
