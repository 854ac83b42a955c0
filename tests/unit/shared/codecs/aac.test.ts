import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { bandLayout } from '../../../../src/shared/codecs/aac/bands.ts'
import { scaleFactorTable, spectralTables, type CodeTable } from '../../../../src/shared/codecs/aac/code-tables.ts'
import { readAudioSpecificConfig } from '../../../../src/shared/codecs/aac/configuration.ts'
import { createAacDecoder } from '../../../../src/shared/codecs/aac/decoder.ts'
import { addPulses } from '../../../../src/shared/codecs/aac/pulses.ts'
import { prefixCode } from '../../../../src/shared/codecs/aac/prefix-code.ts'
import { createBitReader } from '../../../../src/shared/codecs/bit-reader.ts'

/** Bits as they are sent, from text; blanks are for reading. */
function bytesOf(bits: string): Uint8Array {
  const plain = bits.replaceAll(' ', '')
  return Uint8Array.from({ length: Math.ceil(plain.length / 8) }, (_, at) =>
    parseInt(plain.slice(8 * at, 8 * at + 8).padEnd(8, '0'), 2),
  )
}
const number = (value: number, bits: number) => value.toString(2).padStart(bits, '0')

/** The words of a canonical code: each length goes on where the shorter ones ended. */
function wordsOf({ wordCounts, symbols }: CodeTable): { word: string; symbol: number }[] {
  const words: { word: string; symbol: number }[] = []
  let next = 0
  wordCounts.forEach((count, at) => {
    for (let index = 0; index < count; index++)
      words.push({ word: number(next++, at + 1), symbol: symbols[words.length] })
    next *= 2
  })
  return words
}

describe('codes', () => {
  const tables = [scaleFactorTable, ...spectralTables]
  const sizes = [121, 81, 81, 81, 81, 81, 81, 64, 64, 169, 169, 289]

  test.each(tables.map((table, index) => [index, table] as const))(
    'code %i has a word for each of its values, and no bits are left without meaning',
    (index, table) => {
      expect(table.symbols.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: sizes[index] }, (_, symbol) => symbol),
      )
      expect(table.wordCounts.reduce((sum, count, at) => sum + count / 2 ** (at + 1), 0)).toBe(1)
    },
  )

  test('each word is read as its value, and the reader stands behind it', () => {
    for (const table of tables) {
      const read = prefixCode(table)
      for (const { word, symbol } of wordsOf(table)) {
        const reader = createBitReader(bytesOf(`101${word}11`), 3)
        expect(read(reader)).toBe(symbol)
        expect(reader.positionBits).toBe(3 + word.length)
      }
    }
  })

  test('some words as the standard prints them', () => {
    const wordFor = (table: CodeTable, symbol: number) => wordsOf(table).find((entry) => entry.symbol === symbol)?.word
    // No step of a scale factor; four zeros; a pair of escapes.
    expect(wordFor(scaleFactorTable, 60)).toBe('0')
    expect(wordFor(spectralTables[0], 40)).toBe('0')
    expect(wordFor(spectralTables[10], 16 * 17 + 16)).toBe('00100')
  })
})

test('bands cover a whole spectrum in steps of four, at every rate', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200_000 }), (rateHz) => {
      const { long, short, shapedLong, shapedShort } = bandLayout(rateHz)
      expect([long[0], long.at(-1), short[0], short.at(-1)]).toEqual([0, 1024, 0, 128])
      for (const edges of [long, short])
        expect(edges.every((edge, at) => edge % 4 === 0 && (at === 0 || edge > edges[at - 1]))).toBe(true)
      expect(shapedLong).toBeLessThan(long.length)
      expect(shapedShort).toBeLessThan(short.length)
    }),
  )
})

describe('what a stream’s head says', () => {
  test('low complexity, with its rate and channels', () => {
    expect(readAudioSpecificConfig(bytesOf('00010 0100 0010 000'))).toEqual({
      kind: 'configuration',
      configuration: { rateHz: 44_100, channelCount: 2 },
    })
    expect(readAudioSpecificConfig(bytesOf(`00010 1111 ${number(44_056, 24)} 0001 000`))).toMatchObject({
      configuration: { rateHz: 44_056, channelCount: 1 },
    })
  })

  test.each([
    ['00101 0111 0010 0100 00010 000', 'HE-AAC'],
    ['11101 0111 0001 0100 00010 000', 'HE-AAC'],
    [`00010 0111 0010 000 ${number(0x2b7, 11)} 00101 1 0100`, 'HE-AAC'],
    ['00001 0100 0010 000', 'AAC Main'],
    [`11111 ${number(42 - 32, 6)} 0100 0010 000`, 'xHE-AAC'],
    ['00010 1101 0010 000', 'sample rate'],
    ['00010 0100 0010 100', '960'],
    ['0001', 'damaged'],
  ])('%s is told by name', (bits, told) => {
    const head = readAudioSpecificConfig(bytesOf(bits))
    expect(head.kind === 'other' && head.reason).toContain(told)
  })
})

/** A frame of one channel: gain, one long window of a sine, no bands but what `more` says. */
const silentFrame = bytesOf(`000 0000 ${number(100, 8)} 0 00 0 000000 0 0 0 0 111`)
const frameOf = (bandCount: number, sections: string, rest: string) =>
  bytesOf(`000 0000 ${number(100, 8)} 0 00 0 ${number(bandCount, 6)} 0 ${sections} ${rest} 111`)

describe('frames', () => {
  test('a frame without bands is silent', () => {
    const decoded = createAacDecoder(44_100).decode(silentFrame)
    expect(decoded).toEqual({ kind: 'sound', channels: [new Float32Array(1024)] })
  })

  test('a line is the cosine that it stands for', () => {
    // Band 0 by codebook 1 (one section), no step of its scale factor, and a word for the values 1 0 0 0.
    const word = wordsOf(spectralTables[0]).find(({ symbol }) => symbol === 2 * 27 + 9 + 3 + 1)?.word ?? ''
    const decoder = createAacDecoder(44_100)
    decoder.decode(silentFrame)
    decoder.decode(frameOf(1, '0001 00001', `0 0 0 0 ${word}`))
    const decoded = decoder.decode(silentFrame)
    if (decoded.kind === 'damaged') throw new Error(decoded.reason)
    // The second half of the frame, under the falling half of a sine window.
    const expected = Float32Array.from({ length: 1024 }, (_, at) => {
      const n = 1024 + at
      const wave = Math.cos((Math.PI / 1024) * (n + 512.5) * 0.5)
      return (Math.sin((Math.PI * (n + 0.5)) / 2048) * wave) / 1024 / 32_768
    })
    decoded.channels[0].forEach((sample, at) => expect(sample).toBeCloseTo(expected[at], 10))
  })

  test('noise has the energy that was sent', () => {
    const decoder = createAacDecoder(44_100)
    // 20 bands of noise, the first at 60 above what a gain of 100 stands for, the others without a step.
    const steps = `${number(256 + 90, 9)} ${'0'.repeat(19)}`
    const noise = frameOf(20, '1101 10100', `${steps} 0 0 0`)
    const energies = Array.from({ length: 40 }, () => {
      const decoded = decoder.decode(noise)
      if (decoded.kind === 'damaged') throw new Error(decoded.reason)
      return decoded.channels[0].reduce((sum, sample) => sum + (sample * 32_768) ** 2, 0)
    })
    // Each band has an energy of 2^(100 / 2); a frame's samples together have that of its lines over 2 · 1024.
    const mean = energies.slice(1).reduce((sum, energy) => sum + energy, 0) / 39
    expect(mean / ((20 * 2 ** 50) / 2048)).toBeCloseTo(1, 0)
    expect(createAacDecoder(44_100).decode(noise)).toEqual(createAacDecoder(44_100).decode(noise))
  })

  test('a frame that describes its upper half is told as HE-AAC', () => {
    const decoded = createAacDecoder(22_050).decode(bytesOf(`110 0010 1101 ${'0'.repeat(12)} 111`))
    expect(decoded.kind === 'damaged' && decoded.reason).toContain('HE-AAC')
  })

  test('any bytes are sound or damaged, and never more than a frame', () => {
    const random = createRandom(3)
    const decoder = createAacDecoder(44_100)
    const kinds = { sound: 0, damaged: 0 }
    for (let round = 0; round < 1500; round++) {
      const bytes = Uint8Array.from({ length: random.integer(300) }, () => random.integer(256))
      // The start of an honest frame, so that more of it is read.
      if (round % 2 === 0) bytes.set(frameOf(30, '1011 11110', '0').subarray(0, bytes.length))
      const decoded = decoder.decode(bytes)
      kinds[decoded.kind]++
      if (decoded.kind === 'sound') expect(decoded.channels.every((channel) => channel.length === 1024)).toBe(true)
    }
    expect(kinds.damaged).toBeGreaterThan(500)
  })
})

test('pulses make lines larger, away from zero, at offsets from a band’s edge; those beyond the spectrum are refused', () => {
  const quantized = new Int32Array(1024)
  quantized[13] = 3
  quantized[15] = -2
  const edges = bandLayout(44_100).long
  expect(addPulses(quantized, { startBand: 3, offsets: [1, 2, 0], amplitudes: [4, 5, 1] }, edges)).toBe(true)
  expect([...quantized.subarray(12, 17)]).toEqual([0, 7, 0, -8, 0])
  expect(addPulses(quantized, { startBand: 49, offsets: [0], amplitudes: [1] }, edges)).toBe(false)
  expect(addPulses(quantized, { startBand: 60, offsets: [0], amplitudes: [1] }, edges)).toBe(false)
})
