import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridLines, rulerLabels } from '../../../../src/renderer/timeline/paint/ruler-ticks.ts'
import { createTileKeeper, TILE_PX, visibleTiles } from '../../../../src/renderer/timeline/paint/tiles.ts'
import { parseHex } from '../../../../src/renderer/timeline/paint/colors.ts'
import { paintWave } from '../../../../src/renderer/timeline/paint/waveform.ts'
import { stripParts } from '../../../../src/renderer/timeline/strip-parts.ts'
import { songTimes, steadyTime } from '../../../support/tempo-maps.ts'
import { spokenPosition } from '../../../../src/renderer/timeline/spoken-position.ts'

const time = steadyTime()

test('tiles cover what is in sight without gap or overlap', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 2000 }), fc.integer({ min: 1, max: 200_000 }), (leftPx, widthPx) => {
      const tiles = visibleTiles(leftPx, widthPx, 800)
      tiles.forEach((tile, index) => {
        expect(tile.leftPx).toBe(tile.index * TILE_PX)
        if (index > 0) expect(tile.index).toBe(tiles[index - 1].index + 1)
      })
      const seenFrom = Math.max(0, -leftPx)
      const seenUntil = Math.min(widthPx, 800 - leftPx)
      if (seenUntil <= seenFrom) return
      expect(tiles[0].leftPx).toBeLessThanOrEqual(seenFrom)
      const last = tiles[tiles.length - 1]
      expect(last.leftPx + last.widthPx).toBeGreaterThanOrEqual(seenUntil)
    }),
  )
})

test('a scroll keeps the tiles that stay', () => {
  const keep = createTileKeeper()
  const before = keep(visibleTiles(0, 10_000, 800))
  const after = keep(visibleTiles(-600, 10_000, 800))
  expect(after[0]).toBe(before[0])
})

test('bars are numbered where they have room, beats when there is more', () => {
  const span = { startSamples: 0, endSamples: 48_000 * 8, samplesPerPx: 2400 }
  expect(rulerLabels(time, span).map((label) => label.text)).toEqual(['1', '3', '5'])
  const close = rulerLabels(time, { ...span, endSamples: 96_000, samplesPerPx: 200 })
  expect(close.map((label) => label.text)).toEqual(['1', '1.2', '1.3', '1.4', '2'])
})

test('labels never stand closer than their room, at any zoom, whatever tempo and meter do', () => {
  fc.assert(
    fc.property(songTimes, fc.double({ min: 1, max: 200_000, noNaN: true }), (map, samplesPerPx) => {
      const labels = rulerLabels(map, { startSamples: 0, endSamples: 800 * samplesPerPx, samplesPerPx })
      for (let index = 1; index < labels.length; index++)
        expect((labels[index].atSamples - labels[index - 1].atSamples) / samplesPerPx).toBeGreaterThanOrEqual(55)
    }),
  )
})

test('a scroll changes no label and no line that stays in sight', () => {
  const width = fc.integer({ min: 100, max: 2000 })
  fc.assert(
    fc.property(songTimes, fc.double({ min: 20, max: 50_000, noNaN: true }), width, (map, samplesPerPx, byPx) => {
      const spans = [0, byPx].map((px) => ({
        startSamples: px * samplesPerPx,
        endSamples: (px + 2400) * samplesPerPx,
        samplesPerPx,
      }))
      for (const draw of [rulerLabels, gridLines]) {
        const [before, after] = spans.map((span) =>
          draw(map, span).filter(
            ({ atSamples }) => atSamples >= spans[1].startSamples && atSamples < spans[0].endSamples,
          ),
        )
        expect(after).toEqual(before)
      }
    }),
  )
})

test('every fourth bar has the stronger line', () => {
  const lines = gridLines(time, { startSamples: 0, endSamples: 96_000 * 8, samplesPerPx: 4800 })
  expect(lines.slice(0, 5).map((line) => line.kind)).toEqual(['phrase', 'bar', 'bar', 'bar', 'phrase'])
})

test('a column reaches as far as its samples, with the loudness inside it', () => {
  const drawn: { x: number; y: number; height: number; style: string }[] = []
  const canvas = {
    fillStyle: '',
    clearRect: () => {},
    fillRect(x: number, y: number, _width: number, height: number) {
      drawn.push({ x, y, height, style: this.fillStyle })
    },
  }
  paintWave(canvas, {
    columns: [{ min: -1, max: 1, rms: 0.5 }],
    heightPx: 56,
    pixelRatio: 1,
    gain: 1,
    ink: () => ({ color: [255, 138, 112], alpha: 1 }),
  })
  const [peak, body] = drawn
  expect(peak).toMatchObject({ x: 0, y: 3, height: 50, style: 'rgb(255 138 112 / 0.58)' })
  expect(body.style).toBe('rgb(255 138 112 / 0.8)')
  expect(body.height).toBeCloseTo(2 * 25 * 0.5 ** 0.86, 6)
})

test('a strip drops words, number, emotion, name and glyph in this order', () => {
  const count = (widthPx: number): number => Object.values(stripParts(widthPx)).filter(Boolean).length
  expect([120, 90, 70, 40, 20, 10].map(count)).toEqual([5, 4, 3, 2, 1, 0])
})

test('colors are read in both lengths, and anything else is a gray', () => {
  expect(parseHex('#ff8a70')).toEqual([255, 138, 112])
  expect(parseHex('#fff')).toEqual([255, 255, 255])
  expect(parseHex('var(--none)')).toEqual([143, 161, 179])
})

test('positions are spoken in minutes and seconds', () => {
  expect([0, 12.44, 72.4, 60, 125.96].map(spokenPosition)).toEqual([
    '0.0 seconds',
    '12.4 seconds',
    '1 minute 12.4 seconds',
    '1 minute 0.0 seconds',
    '2 minutes 6.0 seconds',
  ])
})
