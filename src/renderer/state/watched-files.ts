import type { Project, Source } from '../../shared/project/model.ts'

/** A file of the watch folder that has the name of a recording of the song: another version of it. */
export interface ChangedFile {
  readonly path: string
  readonly source: Source
}

/** Files of the watch folder: those that are new to the song, and those that may replace what it has. */
export function sortWatchedFiles(
  project: Project,
  paths: readonly string[],
): { readonly fresh: readonly string[]; readonly changed: readonly ChangedFile[] } {
  const byName = new Map(Object.values(project.sources).map((source) => [source.name, source]))
  const changed = paths.flatMap((path) => {
    const source = byName.get(stemOf(path))
    return source ? [{ path, source }] : []
  })
  const taken = new Set(changed.map((file) => file.path))
  return { fresh: paths.filter((path) => !taken.has(path)), changed }
}

/** The name that a recording has: its file's, without folder and ending. */
const stemOf = (path: string): string => (path.split(/[\\/]/).at(-1) ?? path).replace(/\.[^.]+$/, '')
