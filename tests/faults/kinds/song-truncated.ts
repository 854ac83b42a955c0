import { statSync, truncateSync, existsSync } from 'node:fs'
import { FailureError } from '../../../src/shared/base/errors.ts'
import { backupPathOf } from '../../../src/main/files/project-file.ts'
import { numberOf } from '../song.ts'
import type { Stage } from '../stage.ts'
import type { Fault } from './fault.ts'

/** Opens the song's file and, where that is refused, does as it was told: opens the backup, which must be all there. */
async function openAsTold(stage: Stage, leastNumber: number): Promise<readonly string[]> {
  const { songPath: path } = stage
  try {
    await stage.ask('project:open', { path })
    return ['a song that was cut off was opened as if it were whole']
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    const { code, remedy = '' } = cause.failure
    if (code !== 'project-invalid' || !remedy.includes('.bak'))
      return [`a song that was cut off was refused with ${code}: ${remedy}`]
  }
  const backup = await stage.ask('project:open', { path: backupPathOf(path) })
  const complaints: string[] = []
  if (numberOf(backup.document) < leastNumber)
    complaints.push(`the backup holds song ${numberOf(backup.document)}, and ${leastNumber} was saved before the last`)
  if (backup.missingSourceIds.length > 0) complaints.push(`the backup lacks ${backup.missingSourceIds.length} sources`)
  return complaints
}

export const songTruncated: Fault = {
  kind: 'song-truncated',
  what: 'the host is killed and the song’s file cut off',
  async inject(stage, random) {
    await stage.end('kill')
    const { size } = statSync(stage.songPath)
    const left = random.integer(size - 1)
    truncateSync(stage.songPath, left)
    const leastNumber = stage.ledger.saves.toldBefore
    return {
      detail: `${left} of ${size} bytes are left`,
      spoiled: 'song',
      aftermath: () => openAsTold(stage, leastNumber),
    }
  },
}

export const backupTruncated: Fault = {
  kind: 'backup-truncated',
  what: 'the host is killed and the song’s backup cut off',
  async inject(stage, random) {
    await stage.end('kill')
    const path = backupPathOf(stage.songPath)
    if (!existsSync(path)) return { detail: 'there was none' }
    const { size } = statSync(path)
    const left = random.integer(size - 1)
    truncateSync(path, left)
    return { detail: `${left} of ${size} bytes are left`, spoiled: 'backup' }
  },
}
