import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import type { ApplicationPaths } from '../paths.ts'

/** Where a person's models of one kind lie: each is one file, named by its id. */
export type Home = Pick<ApplicationPaths, 'homeFolder'>

export interface ModelKind<File> {
  /** "vocoder": also the ending of its files; with an s their folder. */
  readonly what: string
  readonly largestBytes: number
  read(bytes: Uint8Array): Result<File>
}

export interface ModelLibrary<Id extends string, File> {
  pathOf(id: Id, home: Home): string
  /** Every one that can be read, by name; one that is broken is left out. */
  list(home: Home): Promise<readonly { readonly id: Id; readonly file: File }[]>
  /** Reads any such file in full and with suspicion. Throws FailureError `file-missing`, `checkpoint-invalid`. */
  read(path: string): Promise<File>
}

/** @param nameOf by which they are sorted */
export function modelLibrary<Id extends string, File>(
  { what, largestBytes, read }: ModelKind<File>,
  nameOf: (file: File) => string,
): ModelLibrary<Id, File> {
  const folderIn = ({ homeFolder }: Home): string => join(homeFolder, `${what}s`)
  const pathOf = (id: Id, home: Home): string => join(folderIn(home), `${id}.${what}`)
  /** Ids are letters and digits. */
  const pattern = new RegExp(`^([0-9a-z]{1,80})\\.${what}$`)

  async function readAt(path: string): Promise<File> {
    const stats = await stat(path).catch(() => null)
    if (stats === null) throw new FailureError(failure('file-missing', `The ${what} ${path} is not there.`))
    if (stats.size > largestBytes) {
      const message = `“${path}” has ${stats.size} bytes, more than any ${what}.`
      throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
    }
    const file = read(await readFile(path))
    if (file.ok) return file.value
    throw new FailureError(file.failure)
  }
  return {
    pathOf,
    read: readAt,
    async list(home) {
      const names = await readdir(folderIn(home)).catch(() => [])
      const found = await Promise.all(
        names.map(async (name) => {
          const id = pattern.exec(name)?.[1] as Id | undefined // of the shape that ids have
          const file = id === undefined ? null : await readAt(pathOf(id, home)).catch(() => null)
          return id === undefined || file === null ? [] : [{ id, file }]
        }),
      )
      return found.flat().sort((a, b) => (nameOf(a.file).toLowerCase() < nameOf(b.file).toLowerCase() ? -1 : 1))
    },
  }
}

/** Of a training: features, checkpoints, state and curve. */
export const modelWorkFolder = (what: string, id: string, { homeFolder }: Home): string =>
  join(homeFolder, 'trainings', `${what}-${id}`)

/** Forgets a model and what its training left. */
export async function discardModel(path: string, workFolder: string): Promise<void> {
  await rm(path, { force: true })
  await rm(workFolder, { recursive: true, force: true })
}
