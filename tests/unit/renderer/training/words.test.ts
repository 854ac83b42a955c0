import { describe, expect, test } from 'vitest'
import { describeOutcome } from '../../../../src/renderer/dock/describe-outcome.ts'
import { sharedValue } from '../../../../src/renderer/inspector/shared-value.ts'
import { thinNotes } from '../../../../src/renderer/training/paint-coverage.ts'
import { describeCurve } from '../../../../src/renderer/training/paint-loss.ts'

const held = (step: number, heldOutLoss: number) => ({ step, trainLoss: 1, heldOutLoss, auditionId: null })

describe('what a learning curve says', () => {
  test('nothing before the first checkpoint', () => expect(describeCurve([], null)).toContain('has not come yet'))
  test('a checkpoint is there even where nobody was held out to measure it', () =>
    expect(describeCurve([{ ...held(100, 0), heldOutLoss: null }], 100)).toContain('first checkpoint is there'))
  test('that it gets better, by how much and over how many steps', () =>
    expect(describeCurve([held(100, 0.5), held(200, 0.4)], 200)).toBe(
      'Still getting better: the last 100 steps lowered the error by 20 %.',
    ))
  test('that it got worse, and that the best is kept', () =>
    expect(describeCurve([held(100, 0.4), held(200, 0.5)], 100)).toContain('best checkpoint is kept'))
})

describe('thin notes', () => {
  test('are those with little voice between well covered ones, told as runs', () =>
    expect(
      thinNotes(
        new Map([
          [60, 5],
          [61, 0.2],
          [62, 0],
          [63, 5],
          [64, 0.5],
          [65, 4],
        ]),
      ),
    ).toEqual(['C♯4 to D4', 'E4']))
  test('are none outside the range and none in an empty one', () => {
    expect(
      thinNotes(
        new Map([
          [50, 0.1],
          [60, 5],
          [61, 5],
          [70, 0.1],
        ]),
      ),
    ).toEqual([])
    expect(thinNotes(new Map())).toEqual([])
  })
})

test('the value of several things is theirs only where they agree', () => {
  expect(sharedValue([1, 1], (value) => value)).toBe(1)
  expect(sharedValue([1, 2], (value) => value)).toBeNull()
  expect(sharedValue([], (value) => value)).toBeNull()
})

test('a finished conversion says whether it was rendered or taken from what was there', () => {
  const outcome = { kind: 'engine-check' } as const
  expect(describeOutcome(outcome)).toBe('measured')
  const refused = {
    fileName: 'a',
    isImported: false,
    failure: { code: 'audio-empty', message: '' },
    readableSec: null,
  } as const
  expect(describeOutcome({ kind: 'import', files: [refused] })).toBe('0 files, 1 refused')
})
