import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAudioStream } from '../../../../src/main/files/audio-stream/open-audio-stream.ts'
import { createFlacWriter, type FlacWriterOptions } from '../../../../src/main/files/flac-file.ts'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import { createWavWriter, openWavReader } from '../../../../src/main/files/wav-file.ts'
import { parseFlacInfo } from '../../../../src/shared/formats/import/flac.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const rateHz = 44_100
const left = Float32Array.from({ length: 100_003 }, (_, index) => 0.8 * Math.sin(index / 13) * Math.sin(index / 9e3))
const right = left.map((sample, index) => 0.3 * sample + 1e-3 * Math.sin(index / 2))
const metadata = {
  title: 'Vers “1” – 첫 소절',
  singers: ['Mira'],
  notice: 'AI converted',
  software: 'Understudy 1',
  engine: 'conversion 2',
  createdAt: '2026-01-02T03:04:05Z',
  timeReferenceSamples: 0,
}

async function writeFlac(path: string, channels: readonly Float32Array[], more: Partial<FlacWriterOptions> = {}) {
  const durationSamples = channels[0].length
  const options = { rateHz, channelCount: channels.length, encoding: 'pcm24', durationSamples, ...more } as const
  const writer = await createFlacWriter(path, options)
  for (let start = 0; start < durationSamples; start += 30_000)
    writer.write(channels.map((channel) => channel.subarray(start, start + 30_000)))
  return writer.finish()
}

async function readBack(path: string): Promise<Float32Array[]> {
  const stream = await openAudioStream(path)
  const channels = Array.from({ length: stream.channelCount }, () => [] as number[])
  for await (const block of stream.blocks()) block.forEach((part, index) => channels[index].push(...part))
  return channels.map((channel) => Float32Array.from(channel))
}

test.each(['pcm16', 'pcm24'] as const)(
  'a FLAC file holds exactly the integers of a WAV file in %s',
  async (encoding) => {
    const folder = temporaryFolder()
    const [flac, wav] = [join(folder, 'a.flac'), join(folder, 'a.wav')]
    const written = await writeFlac(flac, [left, right], { encoding })
    const writer = createWavWriter(wav, { rateHz, channelCount: 2, encoding })
    for (let start = 0; start < left.length; start += 30_000)
      writer.write([left.subarray(start, start + 30_000), right.subarray(start, start + 30_000)])
    writer.finish()
    const reader = openWavReader(wav)
    expect(await readBack(flac)).toEqual(reader.read(0, reader.durationSamples))
    reader.close()
    expect(written).toMatchObject({ durationSamples: left.length, bytes: fs.statSync(flac).size })
    expect(fs.statSync(flac).size).toBeLessThan(fs.statSync(wav).size)
  },
)

test('the header tells rate, length and the digest of the samples, the comments tell who made it', async () => {
  const path = join(temporaryFolder(), 'a.flac')
  await writeFlac(path, [left], { metadata })
  const bytes = fs.readFileSync(path)
  expect(parseFlacInfo(bytes)).toMatchObject({ rateHz, channelCount: 1, promisedSamples: left.length, integerBits: 24 })
  const integers = Buffer.alloc(left.length * 3)
  left.forEach((sample, index) => integers.writeIntLE(Math.round(sample * 2 ** 23), index * 3, 3))
  expect(bytes.subarray(26, 42).toString('hex')).toBe(createHash('md5').update(integers).digest('hex'))
  for (const field of ['TITLE=Vers “1” – 첫 소절', 'ARTIST=Mira', 'DESCRIPTION=AI converted · conversion 2'])
    expect(bytes.includes(Buffer.from(field))).toBe(true)
})

test('what is beyond full scale is clamped and counted', async () => {
  const path = join(temporaryFolder(), 'a.flac')
  const loud = Float32Array.of(0.5, 1.5, -2, 0)
  expect((await writeFlac(path, [loud])).clippedSampleCount).toBe(2)
  expect([...(await readBack(path))[0]]).toEqual([0.5, 1 - 2 ** -23, -1, 0])
})

test('a full disk or a change of mind leaves no file', async () => {
  const folder = temporaryFolder()
  let bytesLeft = 20_000
  const operations = {
    ...diskOperations,
    write(descriptor: number, bytes: Uint8Array, position?: number) {
      bytesLeft -= bytes.length
      if (bytesLeft < 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      diskOperations.write(descriptor, bytes, position)
    },
  }
  const failing = writeFlac(join(folder, 'a.flac'), [left], { operations })
  await expect(failing).rejects.toMatchObject({ failure: { code: 'disk-full' } })
  const abandoned = await createFlacWriter(join(folder, 'b.flac'), {
    rateHz,
    channelCount: 1,
    encoding: 'pcm16',
    durationSamples: left.length,
  })
  abandoned.write([left])
  abandoned.abandon()
  expect(fs.readdirSync(folder)).toEqual([])
})
