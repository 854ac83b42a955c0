import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../../shared/base/progress.ts'
import type { LearningSinger } from '../../shared/contract/compute.ts'
import type { ContentDigest } from '../../shared/contract/farm.ts'
import type { PortableTrainingState } from '../../shared/contract/portable-training.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { ContentStore } from './store/content-store.ts'

/** Where a singer of a training learns. */
export type LearningPlace = Pick<LearningSinger, 'workFolder' | 'singerPath'>

/** What is found out about clips: each machine finds it out for itself, and it is large. */
const NOT_SENT = 'features'

/** Sends what a training has made so far. */
export async function sendTrainingState(
  places: readonly LearningPlace[],
  contents: ContentStore,
  progress: Progress,
): Promise<PortableTrainingState> {
  const state: PortableTrainingState = []
  for (const { workFolder, singerPath } of places) {
    const files: PortableTrainingState[number]['files'] = []
    for (const name of await filesOf(workFolder)) {
      files.push({ name, content: await contents.sendFile(join(workFolder, name), progress) })
    }
    const singer = (await isFile(singerPath)) ? await contents.sendFile(singerPath, progress) : null
    state.push({ files, singer })
  }
  return state
}

/** Puts into a training's places what another machine made of it, and takes out what that one no longer has. */
export interface TrainingMirror {
  put(state: PortableTrainingState, progress: Progress): Promise<void>
}

/** @param known what lies in the places already */
export function openTrainingMirror(
  places: readonly LearningPlace[],
  contents: ContentStore,
  known: PortableTrainingState | null,
): TrainingMirror {
  const present = new Map<string, ContentDigest>(placed(places, known ?? []))
  return {
    async put(state, progress) {
      const wanted = new Map(placed(places, state))
      for (const { workFolder } of places) await mkdir(join(workFolder, 'auditions'), { recursive: true })
      for (const [path, content] of wanted) {
        if (present.get(path) === content) continue
        const fetched = await contents.fetchFile(content, progress)
        await writeWhole(path, (passing) => copyFile(fetched, passing))
        present.set(path, content)
      }
      for (const path of [...present.keys()].filter((path) => !wanted.has(path))) {
        await rm(path, { force: true })
        present.delete(path)
      }
    },
  }
}

/** Names are those of a parsed state: none leads out of its folder. */
const placed = (places: readonly LearningPlace[], state: PortableTrainingState): [string, ContentDigest][] =>
  state.flatMap(({ files, singer }, index): [string, ContentDigest][] => {
    const { workFolder, singerPath } = places[index]
    const own = files.map(({ name, content }): [string, ContentDigest] => [join(workFolder, name), content])
    return singer === null ? own : [...own, [singerPath, singer]]
  })

/** Of the folder and those in it, without what is only begun. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names: string[] = []
  for (const entry of entries) {
    if (entry.isFile() && !entry.name.startsWith('.')) names.push(entry.name)
    if (!entry.isDirectory() || entry.name === NOT_SENT) continue
    const below = await readdir(join(folder, entry.name))
    names.push(...below.filter((name) => !name.startsWith('.')).map((name) => `${entry.name}/${name}`))
  }
  return names.sort()
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  )
