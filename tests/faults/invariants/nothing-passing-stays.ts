import { basename } from 'node:path'
import { filesBelow, settles, type Stage } from '../stage.ts'
import type { Invariant } from './invariant.ts'

const passing = ({ disk }: Stage): string[] =>
  filesBelow(disk.folder).filter((path) => basename(path).startsWith('.') || path.endsWith('.part'))

export const nothingPassingStays: Invariant = {
  claim: 'no file under a passing name stays, in the library, beside the song, in its media or among the exports',
  async check(stage, { tookFolderAway = false }) {
    if (tookFolderAway) {
      await stage.end('close')
      await stage.start()
      await stage.openSong()
    }
    let left = passing(stage)
    // A worker whose host is gone may be about to let go of what it had begun.
    if (left.length > 0 && (await settles(() => (left = passing(stage)).length === 0, 5_000))) return []
    return left.map((path) => `${path.slice(stage.disk.folder.length + 1)} stays`)
  },
}
