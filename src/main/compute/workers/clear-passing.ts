import { basename, dirname, join } from 'node:path'
import type { ComputeTask } from '../../../shared/contract/compute.ts'
import { removeTemporaries } from '../../files/atomic-write.ts'

/** A folder, and the files in it that a task writes; null: all of them. */
type Place = readonly [folder: string, fileNames: readonly string[] | null]

/** Clears what a worker that was killed in the middle of a task had begun to write: it could not do so itself. */
export function clearPassing(task: ComputeTask): void {
  for (const [folder, names] of placesOf(task)) removeTemporaries(folder, names)
}

const file = (path: string): Place => [dirname(path), [basename(path)]]
const folder = (path: string): Place => [path, null]

const foldersOf = (parent: string, names: readonly string[]): readonly Place[] =>
  names.map((name) => folder(join(parent, name)))

function placesOf(task: ComputeTask): readonly Place[] {
  switch (task.kind) {
    case 'convert': {
      const { outPath, known } = task.request
      return [file(outPath), ...(known === undefined ? [] : [folder(known.folder)])]
    }
    case 'copy-synthesis':
      return [file(task.request.outPath)]
    case 'pitch':
      return [folder(task.request.known.folder)]
    case 'inspect':
      return [folder(task.request.recordsFolder)]
    case 'train':
      return [task.request, ...(task.request.beside ?? [])].flatMap(({ workFolder, singerPath }) => [
        ...['', 'checkpoints', 'auditions'].map((name) => folder(join(workFolder, name))),
        file(singerPath),
      ])
    case 'train-emotions':
      return foldersOf(task.request.workFolder, ['', 'checkpoints'])
    case 'train-vocoder':
      return [...foldersOf(task.request.workFolder, ['', 'features', 'checkpoints']), file(task.request.modelPath)]
    case 'train-translation':
      return [
        ...foldersOf(task.request.workFolder, ['', 'features']),
        ...task.request.domains.map(({ modelPath }) => file(modelPath)),
      ]
    default:
      return [] // these write nothing
  }
}
