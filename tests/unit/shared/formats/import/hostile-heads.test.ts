import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { concatenated } from '../../../../../src/shared/base/concatenated.ts'
import { parseAiffHeader } from '../../../../../src/shared/formats/import/aiff.ts'
import { parseMp3Info } from '../../../../../src/shared/formats/import/mpeg.ts'
import { parseMp4 } from '../../../../../src/shared/formats/import/mp4.ts'
import { encodeUtf8 } from '../../../../../src/shared/formats/text.ts'

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../../../fixtures/audio', name)))
const m4a = fixture('ffmpeg.m4a')
const layoutOf = (file: Uint8Array) => parseMp4((start, count) => file.subarray(start, start + count), file.length)

function box(type: string, body: Uint8Array): Uint8Array {
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, body.length + 8)
  return concatenated([size, encodeUtf8(type), body], Uint8Array)
}
/** The index of a real file with something more at its end, before the media, as it is in front of none. */
function withInIndex(more: Uint8Array): Uint8Array {
  const at = findText(m4a, 'moov') - 4
  const size = new DataView(m4a.buffer).getUint32(at)
  const index = box('moov', concatenated([m4a.subarray(at + 8, at + size), more], Uint8Array))
  return concatenated([m4a.subarray(0, at), index, m4a.subarray(at + size)], Uint8Array)
}
const findText = (bytes: Uint8Array, text: string): number => Buffer.from(bytes).indexOf(text)

test('an index of boxes in boxes in boxes is read as far as any program nests them', () => {
  const depth = 100_000
  const nested = new Uint8Array(8 * depth)
  const view = new DataView(nested.buffer)
  for (let level = 0; level < depth; level++) {
    view.setUint32(8 * level, 8 * (depth - level))
    nested.set(encodeUtf8('trak'), 8 * level + 4)
  }
  expect(layoutOf(withInIndex(nested)).ok).toBe(true)
})

test('an empty table of chunk offsets is none', () => {
  expect(layoutOf(withInIndex(box('stco', new Uint8Array(0)))).ok).toBe(true)
  expect(layoutOf(withInIndex(box('co64', new Uint8Array(3)))).ok).toBe(true)
})

test('a descriptor whose length is longer than any number does not lead back to where it stands', () => {
  const file = m4a.slice()
  const at = findText(file, 'esds') + 8
  // A tag of its own, then a length of five bytes that is −6 where 32 bits are all there is.
  file.set([9, 0x8f, 0xff, 0xff, 0xff, 0x7a], at)
  const layout = layoutOf(file)
  expect(layout.ok ? 'taken' : layout.failure.message).toMatch(/head of its AAC sound is damaged/)
})

test('an index that stands behind gigabytes of padding and before its media is read alone', () => {
  const at = findText(m4a, 'moov') - 4
  const head = m4a.subarray(at)
  const paddingBytes = 2 ** 31
  const padding = new Uint8Array(8)
  new DataView(padding.buffer).setUint32(0, paddingBytes)
  padding.set(encodeUtf8('free'), 4)
  const index = head.subarray(0, new DataView(head.buffer, head.byteOffset).getUint32(0))
  const file = concatenated([index, box('mdat', new Uint8Array(8))], Uint8Array)
  let readBytes = 0
  const read = (start: number, count: number): Uint8Array => {
    readBytes += count
    return start < paddingBytes
      ? padding.subarray(start, start + count)
      : file.subarray(start - paddingBytes, start - paddingBytes + count)
  }
  const layout = parseMp4(read, paddingBytes + file.length)
  expect(layout.ok).toBe(true)
  expect(readBytes).toBeLessThan(1e5)
})

test('an AIFF of nothing but empty chunks is given up after the ten thousandth', () => {
  let reads = 0
  const read = (start: number, count: number): Uint8Array => {
    reads++
    return start === 0 ? encodeUtf8('FORM') : new Uint8Array(count)
  }
  const header = parseAiffHeader(read, 2 ** 31)
  expect(header.ok ? 'taken' : header.failure.code).toBe('audio-unreadable')
  expect(reads).toBeLessThan(20_000)
})

test('an MP3 whose tag takes away more silence than it has samples promises none', () => {
  const mp3 = fixture('lame-cbr.mp3').slice(0, 4096)
  const at = Math.max(findText(mp3, 'Xing'), findText(mp3, 'Info'))
  const start = mp3.findIndex((byte, index) => byte === 0xff && (mp3[index + 1] & 0xe6) === 0xe2)
  expect(at).toBeGreaterThan(0)
  new DataView(mp3.buffer).setUint32(at + 8, 0) // frames
  expect(parseMp3Info(mp3.subarray(start))?.promisedSamples).toBe(0)
})
