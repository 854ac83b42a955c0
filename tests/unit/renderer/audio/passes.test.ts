import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passAt, passesBetween, passIndexAt, playthrough, positionAt } from '../../../../src/renderer/audio/passes.ts'

const loops = fc.record({
  start: fc.integer({ min: 0, max: 10_000 }),
  length: fc.integer({ min: 1, max: 5000 }),
  from: fc.integer({ min: 0, max: 15_000 }),
  frame: fc.integer({ min: 0, max: 1000 }),
})

test('without a loop the position goes on for ever, frame by frame', () => {
  const play = playthrough(128, 1000, null)
  expect([128, 129, 1128].map((frame) => positionAt(play, frame))).toEqual([1000, 1001, 2000])
})

test('passes of a loop follow each other without a gap and without an overlap', () => {
  fc.assert(
    fc.property(loops, fc.integer({ min: 0, max: 20 }), ({ start, length, from, frame }, index) => {
      const play = playthrough(frame, from, { startSamples: start, endSamples: start + length })
      fc.pre(play.loop !== null)
      const [here, next] = [passAt(play, index), passAt(play, index + 1)]
      expect(here.frame + here.untilSamples - here.fromSamples).toBe(next.frame)
      expect(passIndexAt(play, next.frame)).toBe(index + 1)
    }),
  )
})

test('the position is always inside the loop once it came round', () => {
  fc.assert(
    fc.property(loops, fc.integer({ min: 0, max: 50_000 }), ({ start, length, from, frame }, later) => {
      const play = playthrough(frame, from, { startSamples: start, endSamples: start + length })
      fc.pre(play.loop !== null && passIndexAt(play, frame + later) > 0)
      const position = positionAt(play, frame + later)
      expect(position >= start && position < start + length).toBe(true)
    }),
  )
})

test('a loop that lies behind the playhead does not hold it', () => {
  expect(playthrough(0, 5000, { startSamples: 1000, endSamples: 5000 }).loop).toBeNull()
})

test('the passes of a stretch of the clock are those that sound in it', () => {
  const play = playthrough(0, 0, { startSamples: 0, endSamples: 100 })
  expect(passesBetween(play, 250, 450).map((pass) => pass.index)).toEqual([2, 3, 4])
})
