import * as fs from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { encodeIxml } from '../../../../src/shared/formats/wav/ixml.ts'
import { parseInfo } from '../../../../src/shared/formats/wav/metadata.ts'
import type { FileOperations } from '../../../../src/main/files/file-operations.ts'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import { createWavWriter, openWavReader } from '../../../../src/main/files/wav-file.ts'
import type { SoundMetadata } from '../../../../src/shared/formats/sound-metadata.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const metadata = {
  title: 'Chorus',
  singers: ['Mira', 'José'],
  notice: 'AI converted',
  software: 'Understudy',
  engine: 'Understudy conversion 2',
  createdAt: '2026-08-01T12:34:56Z',
  timeReferenceSamples: 96_000,
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code })
}

function failureCodeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'nothing failed'
}

test('float32 samples come back bit for bit, whatever the blocks', () => {
  const folder = temporaryFolder()
  const sample = fc.float({ noNaN: true, min: -4, max: 4 })
  fc.assert(
    fc.property(
      fc.array(fc.array(sample, { maxLength: 50 }), { maxLength: 5 }),
      fc.constantFrom(1, 2),
      (blocks, channelCount) => {
        const path = join(folder, 'a.wav')
        const writer = createWavWriter(path, { rateHz: 48_000, channelCount, encoding: 'float32', metadata })
        for (const block of blocks) {
          writer.write(
            Array.from({ length: channelCount }, (_, index) => Float32Array.from(block, (x) => x * (index + 1))),
          )
        }
        writer.finish()
        const reader = openWavReader(path)
        const expected = blocks.flat()
        expect(reader.durationSamples).toBe(expected.length)
        const channels = reader.read(0, expected.length)
        channels.forEach((channel, index) => {
          expect(channel).toEqual(Float32Array.from(expected, (x) => x * (index + 1)))
        })
        reader.close()
      },
    ),
    { numRuns: 30 },
  )
})

test('24 bits are exact to half a step, 16 bits with dither to one and a half', () => {
  const folder = temporaryFolder()
  const samples = Float32Array.from({ length: 5001 }, (_, index) => 0.9 * Math.sin(index / 17))
  for (const [encoding, largest] of [
    ['pcm24', 0.5 / 2 ** 23],
    ['pcm16', 1.5 / 2 ** 15],
  ] as const) {
    const path = join(folder, `${encoding}.wav`)
    const writer = createWavWriter(path, { rateHz: 44_100, channelCount: 1, encoding })
    writer.write([samples])
    expect(writer.finish().bytes).toBe(fs.statSync(path).size)
    const reader = openWavReader(path)
    const [channel] = reader.read(0, samples.length)
    reader.close()
    expect(Math.max(...channel.map((sample, index) => Math.abs(sample - samples[index])))).toBeLessThanOrEqual(largest)
  }
})

test('a span past the end is as long as what is there', () => {
  const path = join(temporaryFolder(), 'short.wav')
  const writer = createWavWriter(path, { rateHz: 8000, channelCount: 1, encoding: 'float32' })
  writer.write([Float32Array.of(1, 2, 3)])
  writer.finish()
  const reader = openWavReader(path)
  expect(reader.read(2, 10)).toEqual([Float32Array.of(3)])
  expect(reader.read(7, 10)).toEqual([new Float32Array(0)])
  reader.close()
})

test('clipped samples are counted where integers have to clamp, and never in float', () => {
  const folder = temporaryFolder()
  const clippedOf = (encoding: 'pcm24' | 'float32') => {
    const writer = createWavWriter(join(folder, `${encoding}.wav`), { rateHz: 8000, channelCount: 1, encoding })
    writer.write([Float32Array.of(0.5, 1.2, -1.2, -1)])
    return writer.finish().clippedSampleCount
  }
  expect(clippedOf('pcm24')).toBe(2)
  expect(clippedOf('float32')).toBe(0)
})

test('the name appears only when the file is whole, and abandoning leaves nothing', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'take.wav')
  const writer = createWavWriter(path, { rateHz: 8000, channelCount: 1, encoding: 'pcm24' })
  writer.write([new Float32Array(10)])
  expect(fs.existsSync(path)).toBe(false)
  writer.abandon()
  expect(fs.readdirSync(folder)).toEqual([])
})

test('an earlier file survives a writer that fails', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'take.wav')
  fs.writeFileSync(path, 'earlier')
  let written = 0
  const operations: FileOperations = {
    ...diskOperations,
    write(descriptor, bytes, position) {
      written += bytes.length
      if (written > 1000) throw systemError('ENOSPC')
      diskOperations.write(descriptor, bytes, position)
    },
  }
  const writer = createWavWriter(path, { rateHz: 8000, channelCount: 1, encoding: 'float32', operations })
  expect(failureCodeOf(() => writer.write([new Float32Array(1000)]))).toBe('disk-full')
  expect(fs.readdirSync(folder)).toEqual(['take.wav'])
  expect(fs.readFileSync(path, 'utf8')).toBe('earlier')
})

test('a read-only folder is said to be one', () => {
  const path = join(temporaryFolder(), 'take.wav')
  const operations = {
    ...diskOperations,
    open: () => {
      throw systemError('EROFS')
    },
  }
  expect(
    failureCodeOf(() => createWavWriter(path, { rateHz: 8000, channelCount: 1, encoding: 'float32', operations })),
  ).toBe('folder-read-only')
})

test('a file that is gone or foreign is refused by what is wrong with it', () => {
  const folder = temporaryFolder()
  fs.writeFileSync(join(folder, 'text.wav'), 'this is a text about singing')
  expect(failureCodeOf(() => openWavReader(join(folder, 'gone.wav')))).toBe('file-missing')
  expect(failureCodeOf(() => openWavReader(join(folder, 'text.wav')))).toBe('audio-unreadable')
})

test('the file tells who sings and that a machine converted it', () => {
  const path = join(temporaryFolder(), 'told.wav')
  const writer = createWavWriter(path, { rateHz: 8000, channelCount: 1, encoding: 'pcm16', metadata })
  writer.write([new Float32Array(4)])
  writer.finish()
  const reader = openWavReader(path)
  const bytes = fs.readFileSync(path)
  const bodyOf = (id: string) => {
    const found = reader.header.chunks.find((chunk) => chunk.id === id)
    if (found === undefined) throw new Error(`no ${id}`)
    return bytes.subarray(found.startBytes, found.startBytes + found.sizeBytes)
  }
  expect(parseInfo(bodyOf('LIST'))).toEqual({
    INAM: 'Chorus',
    IART: 'Mira, José',
    ICMT: 'AI converted · Understudy conversion 2',
    ISFT: 'Understudy',
    ICRD: '2026-08-01',
  })
  expect(bodyOf('bext').readBigUInt64LE(338)).toBe(96_000n)
  expect(bodyOf('bext').toString('latin1', 320, 338)).toBe('2026-08-0112:34:56')
  expect(bodyOf('bext').toString('utf8', 602)).toBe(
    'A=PCM,F=8000,W=16,M=mono,T=AI converted to Mira and José; Understudy conversion 2; Understudy\r\n',
  )
  const xml = bodyOf('iXML').toString('utf8')
  expect(xml).toContain('<AI_CONVERTED>TRUE</AI_CONVERTED><SINGER>Mira</SINGER><SINGER>José</SINGER>')
  expect(xml).toContain('<ENGINE>Understudy conversion 2</ENGINE>')
  reader.close()
})

test('a name that looks like markup stays a name, and nothing is claimed of a sound that was not converted', () => {
  const body = (changes: Partial<SoundMetadata>) => new TextDecoder().decode(encodeIxml({ ...metadata, ...changes }))
  expect(body({ singers: ['</USER><b a="1">&\u0000'] })).toContain(
    '<SINGER>&lt;/USER&gt;&lt;b a=&quot;1&quot;&gt;&amp;</SINGER>',
  )
  const plain = body({ singers: [], engine: null, notice: null })
  expect(plain).toContain('<AI_CONVERTED>FALSE</AI_CONVERTED>')
  expect(plain).not.toContain('NOTE')
})
