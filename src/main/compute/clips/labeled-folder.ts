import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, resolve, sep } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { LabeledRecording } from '../../../shared/contract/emotions.ts'
import { readClipLabels } from '../../../shared/training/relgan/clip-labels.ts'
import { isAudioName } from '../../files/audio-names.ts'

/** Reads the labels of a folder's recordings, at any depth (`readClipLabels`). Throws FailureError. */
export async function readDataset(folder: string): Promise<readonly LabeledRecording[]> {
  const root = resolve(folder)
  const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => {
    throw new FailureError(failure('file-missing', `The folder ${folder} can't be read.`, 'Check its path.'))
  })
  const files = names
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const labels = readClipLabels(files.filter(isAudioName), await readTable(root, files))
  if (!labels.ok) throw new FailureError(labels.failure)
  return labels.value.map((label) => ({ ...label, absolutePath: join(root, label.path) }))
}

/** The table that lies in the folder itself; two are one too many. */
async function readTable(root: string, files: readonly string[]) {
  const tables = files.filter((file) => !file.includes('/') && extname(file).toLowerCase() === '.csv')
  if (tables.length === 0) return null
  if (tables.length > 1) {
    const message = `The folder has ${tables.length} tables: ${tables.join(', ')}.`
    throw new FailureError(failure('request-invalid', message, 'Leave the one with the labels.'))
  }
  return { fileName: tables[0], text: await readFile(join(root, tables[0]), 'utf8') }
}
