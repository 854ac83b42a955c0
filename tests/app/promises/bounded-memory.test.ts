import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { residentBytesOfChildren } from '../../support/resident-memory.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

vi.setConfig({ testTimeout: 600_000 })

/** Of the gigabyte that an hour may take: what the workers take for a song, whatever its length … */
const MOST_WORKER_BYTES = 400e6
/** … and what each further minute adds. The rest is for the process that asks and for the window. */
const MOST_BYTES_PER_MINUTE = 1e6

test('the workers that convert a song hold less than two fifths of what an hour may take', async () => {
  const folder = temporaryFolder()
  const studio = await openStudio(join(folder, 'home'))
  let most = 0
  // What this process itself holds is mostly the test runner's.
  const look = () => (most = Math.max(most, residentBytesOfChildren(process.pid)))
  const timer = setInterval(look, 50)
  try {
    const file = { kind: 'path' as const, path: writeUntrainedSinger(join(folder, 'mira.singer'), 'Mira') }
    const singer = await studio.ask('singer:import', { file })
    const project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
    const path = writeVoice(join(folder, 'stem.wav'), [sungVoice('lead')], VOICE_RATE_HZ, 2)
    const source = await studio.importPath(project.projectId, path)
    await studio.outcome('convert', await studio.ask('project:convert', wholeSource(project, source, singer)))
  } finally {
    clearInterval(timer)
    await studio.close()
  }
  expect(most).toBeGreaterThan(50e6)
  expect(most).toBeLessThan(MOST_WORKER_BYTES)
})

test('each further minute adds so little that an hour stays within its gigabyte', async () => {
  const program = join(import.meta.dirname, 'conversion-memory.ts')
  // Long enough both that every phase is looked at often enough.
  const { stdout } = await promisify(execFile)(process.execPath, [program, temporaryFolder(), '4', '5'])
  const [short, long] = JSON.parse(stdout) as [number, number] // as the program prints it
  const perMinute = (long - short) / (12 / 60)
  expect(perMinute).toBeLessThan(MOST_BYTES_PER_MINUTE)
  expect(MOST_WORKER_BYTES + 60 * MOST_BYTES_PER_MINUTE).toBeLessThan(0.6e9)
})
