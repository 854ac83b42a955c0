import fc from 'fast-check'
import { expect, test } from 'vitest'
import { laneWindow, ORIGIN_STEP_PX, WINDOW_STEP_PX } from '../../../../src/renderer/timeline/lane-window.ts'

test('what a lane draws begins at or a little before what is in sight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000_000 }), fc.nat(200), (scrollPx, lane) => {
      const { originPx, windowPx } = laneWindow(scrollPx, lane)
      for (const [place, step] of [
        [originPx, ORIGIN_STEP_PX],
        [windowPx, WINDOW_STEP_PX],
      ]) {
        expect(place).toBeLessThanOrEqual(scrollPx)
        expect(scrollPx - place).toBeLessThan(step)
      }
    }),
  )
})

test('along a scroll few of 24 lanes have their turn in one frame', () => {
  const framePx = 37
  for (let scrollPx = framePx; scrollPx < 40_000; scrollPx += framePx) {
    const turns = Array.from({ length: 24 }, (_, lane) => lane).filter(
      (lane) => laneWindow(scrollPx, lane).windowPx !== laneWindow(scrollPx - framePx, lane).windowPx,
    )
    expect(turns.length).toBeLessThanOrEqual(6)
  }
})
