import { checkpointTruncated } from './checkpoint-truncated.ts'
import { diskFull, diskFullAtStart } from './disk-full.ts'
import type { Fault } from './fault.ts'
import { folderReadOnly } from './folder-read-only.ts'
import { hostKilled } from './host-killed.ts'
import { librarySpoiledClosed, librarySpoiledOpen, walSpoiled } from './library-spoiled.ts'
import { mediaLost } from './media-lost.ts'
import { renderTruncated } from './render-truncated.ts'
import { backupTruncated, songTruncated } from './song-truncated.ts'
import { suspended, suspendedForAMinute } from './suspended.ts'
import { workerKilled } from './worker-killed.ts'

export const faults: readonly Fault[] = [
  workerKilled,
  hostKilled,
  diskFull,
  diskFullAtStart,
  folderReadOnly,
  librarySpoiledClosed,
  librarySpoiledOpen,
  walSpoiled,
  songTruncated,
  backupTruncated,
  renderTruncated,
  checkpointTruncated,
  mediaLost,
  suspended,
  suspendedForAMinute,
]
