import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openPlainLibrary } from './plain-library.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** By folder of `models` and name. */
export type ShippedFiles = Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>

/** A new library beside what a program ships with; both end with the test. */
export async function openShippedModels(shipped: ShippedFiles) {
  const folder = temporaryFolder()
  const paths = { homeFolder: join(folder, 'home'), modelsFolder: join(folder, 'models') }
  ship(paths.modelsFolder, shipped)
  mkdirSync(paths.homeFolder)
  const library = await openPlainLibrary(paths.homeFolder)
  onTestFinished(() => library.close())
  const errors: string[] = []
  const logger = { info: () => {}, warn: () => {}, error: (message: string) => void errors.push(message) }
  return { paths, library, errors, logger }
}

export function ship(modelsFolder: string, shipped: ShippedFiles): void {
  for (const [folder, files] of Object.entries(shipped)) {
    mkdirSync(join(modelsFolder, folder), { recursive: true })
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(modelsFolder, folder, name), bytes)
  }
}
