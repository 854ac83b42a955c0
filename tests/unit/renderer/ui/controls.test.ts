import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBytes, formatCount, formatNumber, parseNumber } from '../../../../src/renderer/ui/numbers.ts'
import { placePopup } from '../../../../src/renderer/ui/place.ts'
import { rovingIndex } from '../../../../src/renderer/ui/roving.ts'
import { singerHue, singerHues } from '../../../../src/renderer/ui/singer-hue.ts'
import { fileNameOf, formatAgo, formatFolder, formatTaking, formatWhen } from '../../../../src/renderer/ui/times.ts'
import { Typeahead } from '../../../../src/renderer/ui/typeahead.ts'

describe('arrow keys in a row of things', () => {
  test.each([
    ['ArrowRight', 2, 0],
    ['ArrowDown', 0, 1],
    ['ArrowLeft', 0, 2],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['x', 0, null],
  ])('%s from %i of three leads to %s', (key, from, to) => expect(rovingIndex(key, from, 3)).toBe(to))
  test('nothing is reached in an empty row', () => expect(rovingIndex('ArrowDown', 0, 0)).toBeNull())
})

describe('finding by typing', () => {
  const labels = ['Mira', 'Jonas', 'Marek', 'Aoife']
  test('one letter goes on to the next name with it, and around', () => {
    const typeahead = new Typeahead()
    expect(typeahead.find('m', 0, labels, -1)).toBe(0)
    expect(typeahead.find('m', 1000, labels, 0)).toBe(2)
    expect(typeahead.find('m', 2000, labels, 2)).toBe(0)
  })
  test('letters in quick succession spell a name', () => {
    const typeahead = new Typeahead()
    typeahead.find('m', 0, labels, -1)
    expect(typeahead.find('a', 100, labels, 0)).toBe(2)
  })
  test('what no name begins with finds nothing', () => expect(new Typeahead().find('z', 0, labels, 0)).toBe(-1))
})

describe('numbers for people', () => {
  test('a number survives being written and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), (hundredths) => {
        expect(parseNumber(formatNumber(hundredths / 100, 2))).toBeCloseTo(hundredths / 100, 10)
      }),
    )
  })
  test.each([
    ['−3.5', -3.5],
    ['-3,5', -3.5],
    ['+4', 4],
    ['60 %', 60],
    ['', null],
    ['loud', null],
  ])('“%s” is read as %s', (text, value) => expect(parseNumber(text)).toBe(value))
  test('minus nothing is nothing', () => expect(formatNumber(-0.04, 1)).toBe('0.0'))
  test('large counts have thin groups', () => expect(formatCount(11_424_000)).toBe('11\u2009424\u2009000'))
  test.each([
    [999, '999 B'],
    [34_300_000, '34 MB'],
    [5_300_000, '5.3 MB'],
    [41e9, '41 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
})

describe('times for people', () => {
  const noon = new Date(2026, 4, 13, 12, 0).getTime() // a Wednesday
  const hours = 3_600_000
  test.each([
    [noon - hours, 'today, 11:00'],
    [noon - 20 * hours, 'yesterday'],
    [noon - 48 * hours, 'Monday'],
    [noon - 40 * 24 * hours, '3 Apr 2026'],
  ])('%i is %s', (time, words) => expect(formatWhen(time, noon)).toBe(words))
  test.each([
    [10_000, 'a moment ago'],
    [60_000, '1 minute ago'],
    [3 * hours, '3 hours ago'],
  ])('%i ms are %s', (passed, words) => expect(formatAgo(noon - passed, noon)).toBe(words))
  test.each([
    [0.2, '1 s'],
    [89, '89 s'],
    [600, '10 min'],
    [9000, '2.5 h'],
  ])('%i seconds take %s', (seconds, words) => expect(formatTaking(seconds)).toBe(words))
  test('a path is shown by its last two folders, on every system', () => {
    expect(formatFolder('/home/ana/Music/Lanterns/Song.understudy')).toBe('Music / Lanterns')
    expect(formatFolder('C:\\Music\\Song.understudy')).toBe('C: / Music')
    expect(fileNameOf('C:\\Music\\Song.wav')).toBe('Song.wav')
  })
})

describe('a popup', () => {
  const box = { left: fc.integer({ min: -50, max: 1500 }), top: fc.integer({ min: -50, max: 1000 }) }
  test('lies inside the window wherever it is asked for', () => {
    fc.assert(
      fc.property(box.left, box.top, fc.integer({ min: 0, max: 80 }), (left, top, height) => {
        const place = placePopup(
          { left, top, width: 40, height },
          { width: 208, height: 300 },
          { width: 1440, height: 900 },
        )
        expect(place.left).toBeGreaterThanOrEqual(8)
        expect(place.left + 208).toBeLessThanOrEqual(1432)
        expect(place.top).toBeGreaterThanOrEqual(8)
        expect(place.top + 300).toBeLessThanOrEqual(892)
      }),
    )
  })
  test('goes above its button where there is no room below', () => {
    const place = placePopup(
      { left: 10, top: 850, width: 40, height: 24 },
      { width: 100, height: 200 },
      { width: 1440, height: 900 },
    )
    expect(place.top).toBe(850 - 4 - 200)
  })
})

test('eight singers have eight hues, and a ninth begins anew', () => {
  expect(new Set([0, 1, 2, 3, 4, 5, 6, 7].map(singerHue)).size).toBe(singerHues.length)
  expect(singerHue(8)).toBe(singerHue(0))
})
