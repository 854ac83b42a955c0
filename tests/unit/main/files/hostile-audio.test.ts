import * as fs from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { importAudioFile } from '../../../../src/main/files/import-audio.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/audio')
const damagedNames = [
  'sox-int24-extensible.wav',
  'ffmpeg-rf64-int24-stereo.wav',
  'sox-int8.aiff',
  'ffmpeg-sowt.aiff',
  'flac-16.flac',
  'flac-ogg.oga',
  'lame-vbr-stereo.mp3',
  'oggenc-stereo.ogg',
  'opusenc.opus',
  'ffmpeg-stereo.m4a',
  'ffmpeg.m4a',
  'ffmpeg-alac.m4a',
  'ffmpeg.aac',
]

// Decoders complain on the console about what the outcome already says.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))

test.each(damagedNames)(
  '%s with damaged bytes comes in or is refused with a code, and leaves nothing partial',
  async (name) => {
    const bytes = fs.readFileSync(join(fixtures, name))
    const random = createRandom(name.length)
    const folder = temporaryFolder()
    for (let round = 0; round < 12; round++) {
      const damaged = Uint8Array.from(bytes)
      // Mostly the headers, where one byte decides most.
      const reach = round % 3 === 0 ? damaged.length : Math.min(damaged.length, 200)
      for (let count = 0; count <= round % 5; count++) damaged[random.integer(reach)] = random.integer(256)
      const kept = round % 4 === 0 ? random.integer(damaged.length) : damaged.length
      const path = join(folder, name)
      fs.writeFileSync(path, damaged.subarray(0, kept))
      const mediaFolder = join(folder, `media${round}`)
      const outcome = await importAudioFile(
        { path, fileName: name, mediaFolder, rateHz: 44_100, acceptsTruncated: round % 2 === 0 },
        silentProgress,
      )
      if (!outcome.ok) expect(outcome.failure.code).toMatch(/^audio-|^disk-full$/)
      const left = fs.existsSync(mediaFolder) ? fs.readdirSync(mediaFolder, { recursive: true }).map(String) : []
      const files = left.filter((entry) => /\.(wav|peaks|part)$/.test(entry))
      expect(files.length).toBe(outcome.ok ? 2 : 0)
    }
  },
)

test('a stream that says it has no channels is refused by that name, and leaves nothing', async () => {
  const folder = temporaryFolder()
  for (const [name, at] of [
    ['oggenc.ogg', 28 + 11],
    ['opusenc.opus', 28 + 9],
  ] as const) {
    const bytes = Uint8Array.from(fs.readFileSync(join(fixtures, name)))
    bytes[at] = 0
    const path = join(folder, name)
    fs.writeFileSync(path, bytes)
    const mediaFolder = join(folder, 'media')
    const request = { path, fileName: name, mediaFolder, rateHz: 44_100, acceptsTruncated: true }
    const outcome = await importAudioFile(request, silentProgress)
    expect(outcome.ok ? 'taken' : outcome.failure.code).toBe('audio-unreadable')
    expect(fs.existsSync(mediaFolder)).toBe(false)
  }
})
