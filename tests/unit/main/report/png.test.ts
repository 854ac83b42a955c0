import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodePng } from '../../../../src/main/report/png.ts'

test('a picture comes back from its file pixel by pixel', () => {
  const rgb = Uint8Array.from({ length: 3 * 5 * 4 }, (_, index) => (index * 37) % 256)
  const png = encodePng(5, 4, rgb)
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([5, 4])
  const dataStart = png.indexOf('IDAT') + 4
  const rows = inflateSync(png.subarray(dataStart, dataStart + png.readUInt32BE(dataStart - 8)))
  const pixels = Array.from({ length: 4 }, (_, row) => [...rows.subarray(row * 16 + 1, row * 16 + 16)]).flat()
  expect(pixels).toEqual([...rgb])
})
