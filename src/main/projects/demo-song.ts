import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { FailureError } from '../../shared/base/errors.ts'
import type { ProjectId, SingerId } from '../../shared/base/id.ts'
import { silentProgress } from '../../shared/base/progress.ts'
import type { Random } from '../../shared/base/random.ts'
import { createProject } from '../../shared/project/edits/document.ts'
import type { Project, Source } from '../../shared/project/model.ts'
import { DEMO_BEATS_PER_BAR, DEMO_BPM, DEMO_LEAD_FILE } from '../../shared/synthesizer/index.ts'
import type { Tempo } from '../../shared/units/tempo.ts'
import { importAudioFile } from '../files/import-audio.ts'
import { arrangeDemoSong, FIRST_WISH, letSing } from './demo-project.ts'

export const DEMO_RATE_HZ = 48_000
/** The chorus begins here, with the breath before its first bar. */
export const DEMO_CHORUS_SEC = (5 * DEMO_BEATS_PER_BAR * 60) / DEMO_BPM - 0.6

export type DemoStems = readonly { readonly path: string; readonly fileName: string; readonly trackName: string }[]

interface SungSong {
  readonly stems: DemoStems
  readonly tempo: Tempo
}

export interface DemoRequest {
  readonly projectId: ProjectId
  /** Where the stems are written, to be imported like anybody's. */
  readonly folder: string
  readonly mediaFolder: string
  readonly workerPath: string
  /** Is to sing the first part; null where no singer is there that needs no training. */
  readonly singer: { readonly id: SingerId; readonly name: string } | null
  readonly random: Random
}

/** Has the demo song sung and arranges it: its stems come in like any other files. Throws FailureError. */
export async function makeDemoProject(request: DemoRequest): Promise<Project> {
  const song = await sing(request.workerPath, request.folder)
  const sources: Source[] = []
  for (const { path, fileName } of song.stems) {
    const { mediaFolder } = request
    const file = { path, fileName, mediaFolder, rateHz: DEMO_RATE_HZ, acceptsTruncated: false }
    const outcome = await importAudioFile(file, silentProgress)
    if (!outcome.ok) throw new FailureError(outcome.failure)
    sources.push(outcome.value.source)
  }
  const empty = createProject(request.projectId, 'Demo song', DEMO_RATE_HZ)
  const { singer, random } = request
  const arranged = arrangeDemoSong(empty, song, sources, random)
  return singer === null ? arranged : letSing(arranged, singer, [FIRST_WISH], random).project
}

/** Where the lead vocal lies as a file, in 32-bit float; it is sung when it is not there yet. */
export async function demoLeadPath(workerPath: string, folder: string): Promise<string> {
  const path = join(folder, DEMO_LEAD_FILE)
  if (!existsSync(path)) await sing(workerPath, folder)
  return path
}

function sing(workerPath: string, folder: string): Promise<SungSong> {
  const worker = new Worker(workerPath, { workerData: { folder }, execArgv: [] })
  return new Promise((resolve, reject) => {
    // The worker is this program's own: it posts one song and ends.
    worker.once('message', (song: SungSong) => resolve(song))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the demo song ended before it was sung')))
  })
}
