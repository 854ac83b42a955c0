import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApplicationPaths } from '../paths.ts'

/** Version of the conversion: raised whenever the same request would sound different, so that old renders no longer count. */
export const ENGINE_VERSION = 12

/** Digest of the models that emotions are made from; every weights file of that kind counts. Empty where none is shipped. */
export function emotionDigest({ modelsFolder }: Pick<ApplicationPaths, 'modelsFolder'>): string {
  const digest = createHash('sha256')
  const folders = readFolder(modelsFolder)
    .filter((name) => name.startsWith('emotion-'))
    .sort()
  for (const folder of folders) digest.update(readFileSync(join(modelsFolder, folder, 'model.safetensors')))
  return folders.length === 0 ? '' : digest.digest('hex')
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // a copy without shipped models
  }
}
