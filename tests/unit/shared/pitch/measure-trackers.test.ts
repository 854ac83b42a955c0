import { describe, expect, test } from 'vitest'
import {
  measureTracker,
  pitchConditions,
  voicingFlips,
} from '../../../../src/shared/pitch/evaluation/measure-trackers.ts'
import { defaultPitchTracker, pitchTrackerById, pitchTrackers } from '../../../../src/shared/pitch/index.ts'
import { sungCases } from '../../../support/sung-pitch.ts'

/** The short form of the table in the room's README: four voices of eight, three seconds each. */
const cases = sungCases(3, 4)
const means = { nowMs: () => 0 }
const clean = pitchConditions[0]
const harvest = pitchTrackerById('harvest')

test('the conditions are clean, and three kinds of harm at three levels', () => {
  expect(pitchConditions).toHaveLength(10)
  expect(new Set(pitchConditions.map(({ degradation, levelDb }) => `${degradation} ${levelDb}`)).size).toBe(10)
})

test('every tracker finds most of a clean melody', () => {
  for (const tracker of pitchTrackers) {
    const { rawChromaAccuracy } = measureTracker(tracker, cases, clean, means)
    expect(rawChromaAccuracy, tracker.label).toBeGreaterThan(0.85)
  }
})

describe('the default tracker', () => {
  test('finds a clean melody and its pauses', () => {
    const figures = measureTracker(defaultPitchTracker, cases, clean, means)
    expect(figures.rawPitchAccuracy).toBeGreaterThan(0.965)
    expect(figures.voicingRecall).toBeGreaterThan(0.98)
    expect(figures.voicingFalseAlarm).toBeLessThan(0.04)
    expect(figures.octaveErrors).toBeLessThan(0.002)
  })

  test.each(['white', 'pink', 'reverberant'] as const)(
    'is more often right than Harvest in %s sound',
    (degradation) => {
      const condition = { degradation, levelDb: 10 }
      const ours = measureTracker(defaultPitchTracker, cases, condition, means)
      if (!harvest) throw new Error('Harvest is registered')
      expect(ours.overallAccuracy).toBeGreaterThan(
        measureTracker(harvest, cases, condition, means).overallAccuracy + 0.05,
      )
      expect(ours.octaveErrors).toBeLessThan(0.03)
    },
  )

  test('decides voicing alike behind an equalizer of six decibels', () => {
    expect(voicingFlips(defaultPitchTracker, cases, 6)).toBeLessThan(0.02)
  })
})
