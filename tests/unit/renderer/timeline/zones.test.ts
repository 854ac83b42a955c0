import { expect, test } from 'vitest'
import { zoneAt, type ZoneInput } from '../../../../src/renderer/timeline/gestures/zones.ts'

const input = (given: Partial<ZoneInput>): ZoneInput => ({
  xPx: 100,
  yPx: 50,
  widthPx: 200,
  fadeInPx: 0,
  fadeOutPx: 0,
  hasHandles: true,
  ...given,
})

test.each([
  ['the middle moves', input({}), 'body'],
  ['the first eight pixels trim the start', input({ xPx: 7 }), 'start'],
  ['the last eight trim the end', input({ xPx: 193 }), 'end'],
  ['in a narrow region an edge is a quarter of it', input({ xPx: 6, widthPx: 20 }), 'body'],
  ['a mark at the top of the body fades in', input({ xPx: 9, yPx: 25 }), 'fade-in'],
  ['the mark goes with the fade', input({ xPx: 60, yPx: 25, fadeInPx: 60 }), 'fade-in'],
  ['the other mark fades out', input({ xPx: 190, yPx: 25 }), 'fade-out'],
  ['without handles there is an edge below the strip', input({ xPx: 4, yPx: 25, hasHandles: false }), 'start'],
])('%s', (_, given, zone) => {
  expect(zoneAt(given)).toBe(zone)
})
