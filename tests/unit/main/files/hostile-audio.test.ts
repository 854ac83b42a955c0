import * as fs from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { importAudioFile } from '../../../../src/main/files/import-audio.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/audio')

// Decoders complain on the console about what the outcome already says.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))

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
