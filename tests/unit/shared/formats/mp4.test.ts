import { expect, test } from 'vitest'
import { parseMp4 } from '../../../../src/shared/formats/import/mp4.ts'

const u32 = (...values: number[]) => values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]) // prettier-ignore
const text = (value: string) => [...value].map((letter) => letter.charCodeAt(0))
const zeros = (count: number) => new Array<number>(count).fill(0)
const box = (type: string, ...body: number[][]): number[] => {
  const bytes = body.flat()
  return [...u32(bytes.length + 8), ...text(type), ...bytes]
}

/** AAC-LC at 44.1 kHz with two channels. */
const config = [0x12, 0x10]

interface Made {
  readonly sizes?: readonly number[]
  /** First chunk, frames in each from there on. */
  readonly runs?: readonly (readonly [number, number])[]
  readonly offsets?: readonly number[]
  readonly edits?: readonly (readonly [duration: number, mediaStart: number])[]
  readonly note?: string
  readonly config?: readonly number[]
}

/** An M4A whose sound is 40 bytes; tables as asked. */
function made({
  sizes = [10, 10, 20],
  runs = [[1, 3]],
  offsets = [8],
  edits,
  note,
  config: head = config,
}: Made = {}): Uint8Array {
  const esds = box('esds', u32(0), [3, 20, 0, 0, 0, 4, 15, 0x40, 0x15, ...zeros(11), 5, head.length, ...head])
  const entry = box('mp4a', zeros(6), [0, 1], zeros(8), [0, 2, 0, 16], zeros(4), u32(44_100 * 65_536), esds)
  const table = box(
    'stbl',
    box('stsd', u32(0, 1), entry),
    box('stsz', u32(0, 0, sizes.length, ...sizes)),
    box('stsc', u32(0, runs.length, ...runs.flatMap(([first, count]) => [first, count, 1]))),
    box('stco', u32(0, offsets.length, ...offsets)),
  )
  const media = box(
    'mdia',
    box('mdhd', u32(0, 0, 0, 44_100, 3 * 1024, 0)),
    box('hdlr', u32(0, 0), text('soun')),
    box('minf', table),
  )
  const edts =
    edits === undefined
      ? []
      : box(
          'edts',
          box('elst', u32(0, edits.length, ...edits.flatMap(([duration, start]) => [duration, start, 65_536]))),
        )
  const udta = note === undefined ? [] : box('udta', box('meta', text(`iTunSMPB${note}`)))
  const movie = box('moov', box('mvhd', u32(0, 0, 0, 1000, 0), zeros(12)), box('trak', edts, media), udta)
  return Uint8Array.from([...box('mdat', zeros(40)), ...movie])
}

function parse(bytes: Uint8Array) {
  const parsed = parseMp4((start, count) => bytes.subarray(start, start + count), bytes.length)
  if (!parsed.ok) throw new Error(parsed.failure.message)
  return {
    ...parsed.value,
    spans: [...parsed.value.frames()].map(({ startBytes, sizeBytes }) => [startBytes, sizeBytes]),
  }
}

test('frames follow each other inside a chunk, and chunks lie where the table says', () => {
  expect(parse(made()).spans).toEqual([[8, 10], [18, 10], [28, 20]]) // prettier-ignore
  const apart = { runs: [[1, 1], [2, 2]], offsets: [38, 8] } as const // prettier-ignore
  expect(parse(made(apart)).spans).toEqual([[38, 10], [8, 10], [18, 20]]) // prettier-ignore
})

test('what lies beyond the file, or would be more than the file, is not there', () => {
  expect(parse(made({ offsets: [100_000] })).spans).toEqual([])
  expect(parse(made({ sizes: [10, 0, 10] })).spans).toEqual([[8, 10]])
  const file = made({
    sizes: new Array<number>(1000).fill(40),
    runs: [[1, 1]],
    offsets: new Array<number>(1000).fill(8),
  })
  expect(parse(file).spans.length).toBe(Math.floor(file.length / 40))
  expect(parse(made({ runs: [] })).spans).toEqual([])
})

test('an edit list says where the sound begins; its length is the track’s where both agree, and else its own', () => {
  expect(parse(made({ edits: [[46, 1024]] })).sound).toEqual({ startSamples: 1024, durationSamples: 2048 })
  expect(parse(made({ edits: [[20, 1024]] })).sound).toEqual({ startSamples: 1024, durationSamples: 882 })
  // Nothing is heard at first; then the track from its start.
  expect(parse(made({ edits: [[500, -1], [0, 0]] })).sound).toEqual({ startSamples: 0, durationSamples: 3072 }) // prettier-ignore
})

test('iTunes’ note counts samples, and is believed first', () => {
  const note = ' 00000000 00000840 000001CA 0000000000000300 00000000'
  expect(parse(made({ note, edits: [[46, 1024]] })).sound).toEqual({ startSamples: 0x840, durationSamples: 0x300 })
})

test('a file that does not say where its sound begins says so, and what holds no sound is refused', () => {
  expect(parse(made())).toMatchObject({ sound: null, info: { isLengthExact: false, channelCount: 2, rateHz: 44_100 } })
  expect(parse(made({ edits: [[46, 1024]] })).info.isLengthExact).toBe(true)
  expect(() => parse(made({ config: [0x2b, 0x92, 0x08, 0x00] }))).toThrow('HE-AAC')
  expect(() => parse(made({ config: [] }))).toThrow('damaged')
  expect(() => parse(made().subarray(0, 200))).toThrow('no index')
})
