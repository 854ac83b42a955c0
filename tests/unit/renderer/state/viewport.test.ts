import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Viewport } from '../../../../src/renderer/state/Viewport.svelte.ts'

const viewportOf = (samplesPerPx: number, scrollPx: number): Viewport => {
  const viewport = new Viewport()
  viewport.samplesPerPx = samplesPerPx
  viewport.scrollPx = scrollPx
  viewport.widthPx = 800
  return viewport
}

test('what is under the pointer stays under it while zooming', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 50, max: 10_000, noNaN: true }),
      fc.integer({ min: 1000, max: 5000 }),
      fc.integer({ min: 0, max: 800 }),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (samplesPerPx, scrollPx, xPx, factor) => {
        const viewport = viewportOf(samplesPerPx, scrollPx)
        const before = viewport.positionAt(xPx)
        viewport.zoomBy(factor, xPx)
        expect(Math.abs(viewport.xOf(before) - xPx)).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('a span is shown whole, and zooming back shows what was there before', () => {
  const viewport = viewportOf(1200, 300)
  viewport.zoomTo(480_000, 960_000)
  expect(viewport.xOf(480_000)).toBeGreaterThanOrEqual(0)
  expect(viewport.xOf(960_000)).toBeLessThanOrEqual(800)
  viewport.zoomBack()
  expect([viewport.samplesPerPx, viewport.scrollPx]).toEqual([1200, 300])
})

test('the view turns a page only when the playhead leaves it', () => {
  const viewport = viewportOf(100, 0)
  viewport.follow(50_000)
  expect(viewport.scrollPx).toBe(0)
  viewport.follow(81_000)
  expect(viewport.xOf(81_000)).toBe(20)
})

test('the left edge is always a whole pixel and never before the start', () => {
  const viewport = viewportOf(333.3, 0)
  viewport.scrollTo(-50)
  expect(viewport.scrollPx).toBe(0)
  viewport.scrollTo(12.7)
  expect(viewport.scrollPx).toBe(13)
})
