import { statSync } from 'node:fs'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { Progress } from '../../../shared/base/progress.ts'
import { prepareSinger, type PreparedSinger } from '../../../shared/conversion/prepared-singer.ts'
import { LARGEST_SINGER_FILE_BYTES, readSingerFile } from '../../../shared/formats/singer-file.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { readWhole } from '../../files/atomic-write.ts'

/** Preparing takes a second or so; the last few singers are kept for the next region. */
const MOST_KEPT = 4
/** A band of a voice is within some twenty of its mean; beyond this, powers overflow. */
const MOST_LN_POWER = 300
const kept = new Map<string, PreparedSinger>()

/** Loads a singer file and lays its networks out. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export function loadSinger(path: string, progress: Progress, kernels?: Kernels): PreparedSinger {
  const stats = statSync(path, { throwIfNoEntry: false })
  const key = `${path}\n${stats?.size}\n${stats?.mtimeMs}`
  const known = kept.get(key)
  if (known !== undefined) return known
  if (stats !== undefined && stats.size > LARGEST_SINGER_FILE_BYTES) {
    const message = `“${path}” has ${stats.size} bytes, more than any singer file.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
  }
  const file = readSingerFile(readWhole(path))
  if (!file.ok) throw new FailureError(file.failure)
  const singer = prepareSinger(file.value.model, progress, kernels)
  // Weights that are plausible one by one may overflow together: such a file would sing nothing but faults.
  if (!singer.bank.pictures.every((value) => Math.abs(value) <= MOST_LN_POWER)) {
    const message = `The singer in “${path}” computes what is no voice.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
  }
  kept.set(key, singer)
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return singer
}
