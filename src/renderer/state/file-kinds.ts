import type { FileKind } from '../../shared/contract/desktop-bridge.ts'

/** What can be imported and trained from. */
export const audioFileKinds: readonly FileKind[] = [
  {
    label: 'Audio',
    extensions: ['wav', 'aif', 'aiff', 'aifc', 'flac', 'mp3', 'ogg', 'oga', 'opus', 'm4a', 'mp4', 'aac'],
  },
]
export const projectFileKinds: readonly FileKind[] = [{ label: 'Understudy song', extensions: ['understudy'] }]
export const singerFileKinds: readonly FileKind[] = [{ label: 'Singer', extensions: ['singer'] }]
