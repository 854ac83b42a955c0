import { createRecoveryStore } from '../../../src/main/files/recovery.ts'
import { backupPathOf, readProjectFile } from '../../../src/main/files/project-file.ts'
import type { Ledger } from '../ledger.ts'
import { numberOf } from '../song.ts'
import type { Invariant } from './invariant.ts'

const savedNumber = (path: string): number | null => {
  const read = readProjectFile(path)
  return read.ok ? numberOf(read.value) : null
}

/**
 * The newest that lies beside a song whose file was cut off: what was autosaved, unless a save that was not told of any
 * more had been made, which leaves the save before it.
 */
function leftBeside({ saves, newestTold }: Ledger): number {
  if (newestTold() === saves.lastTold) return saves.toldBefore
  return saves.lastTried > saves.lastTold ? saves.lastTold : newestTold()
}

/** To be asked before anybody writes again. */
export const documentIsKept: Invariant = {
  claim: 'the song is one that was saved or autosaved, and the newest that the host gave its word for is to be had',
  check({ songPath, paths, ledger }, { spoiled }) {
    const { saves } = ledger
    const song = savedNumber(songPath)
    const backup = savedNumber(backupPathOf(songPath))
    const offered = createRecoveryStore(paths.recoveryFolder).list()
    const autosaved = offered.length === 0 ? null : numberOf(offered[0])
    const complaints: string[] = []
    if (spoiled !== 'song' && (song === null || song < saves.lastTold || song > saves.lastTried))
      complaints.push(
        `the file holds song ${song}; ${saves.lastTold} was the last save told, ${saves.lastTried} the last asked for`,
      )
    if (spoiled !== 'backup' && (backup === null || backup < saves.toldBefore))
      complaints.push(`the backup holds song ${backup}; ${saves.toldBefore} was saved before the last`)
    const owed = spoiled === 'song' ? leftBeside(ledger) : ledger.newestTold()
    const newest = Math.max(song ?? 0, backup ?? 0, autosaved ?? 0)
    if (newest < owed) complaints.push(`song ${newest} is the newest to be had, and ${owed} was told to be kept`)
    return complaints
  },
}
