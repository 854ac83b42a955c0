import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The folder `<prefix>…-v<n>` with the highest n among the shipped models; null where none is shipped. */
export function latestModelFolder(modelsFolder: string, prefix: string): string | null {
  const versionOf = (name: string) => Number(/-v(\d+)$/.exec(name)?.[1] ?? 0)
  const names = listFolder(modelsFolder).filter((name) => name.startsWith(prefix) && versionOf(name) > 0)
  const [latest] = names.sort((a, b) => versionOf(b) - versionOf(a))
  return latest === undefined ? null : join(modelsFolder, latest)
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no models are shipped with this copy
  }
}
