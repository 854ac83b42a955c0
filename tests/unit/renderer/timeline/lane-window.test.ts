import fc from 'fast-check'
import { expect, test } from 'vitest'
import { laneWindow, ORIGIN_STEP_PX, WINDOW_STEP_PX } from '../../../../src/renderer/timeline/lane-window.ts'
import { LANE_TILE_PX, laneTileCount, laneTilePx } from '../../../../src/renderer/timeline/paint/lane-tiles.ts'

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

const viewWidths = fc.integer({ min: 1, max: 6000 })
const piecesAt = (scrollPx: number, lane: number, viewWidthPx: number): number[] => {
  const count = laneTileCount(viewWidthPx)
  const { windowPx } = laneWindow(scrollPx, lane)
  return Array.from({ length: count }, (_, slot) => laneTilePx(windowPx, slot, count))
}

test('the pieces of a lane cover what is in sight without gap or overlap', () => {
  fc.assert(
    fc.property(fc.nat(50_000_000), fc.nat(200), viewWidths, (scrollPx, lane, viewWidthPx) => {
      const pieces = piecesAt(scrollPx, lane, viewWidthPx).sort((a, b) => a - b)
      pieces.forEach((px, index) => expect(px).toBe(pieces[0] + index * LANE_TILE_PX))
      expect(pieces[0]).toBeLessThanOrEqual(scrollPx)
      expect(pieces[0] + pieces.length * LANE_TILE_PX).toBeGreaterThanOrEqual(scrollPx + viewWidthPx)
    }),
  )
})

test('a scroll of a few pixels paints one piece of a lane at most', () => {
  const few = fc.integer({ min: -WINDOW_STEP_PX, max: WINDOW_STEP_PX })
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 50_000_000 }), few, fc.nat(200), viewWidths, (from, by, lane, widthPx) => {
      const [before, after] = [from, from + by].map((scrollPx) => piecesAt(scrollPx, lane, widthPx))
      expect(after.filter((px, slot) => px !== before[slot]).length).toBeLessThanOrEqual(1)
    }),
  )
})
