import type { FileKind } from '../../shared/contract/desktop-bridge.ts'
import { say } from '../messages/say.svelte.ts'

/** What can be imported and trained from. */
export const audioFileKinds: readonly FileKind[] = [
  {
    get label() {
      return say.state.audioFiles
    },
    extensions: ['wav', 'aif', 'aiff', 'aifc', 'flac', 'mp3', 'ogg', 'oga', 'opus', 'm4a', 'mp4', 'aac'],
  },
]
export const projectFileKinds: readonly FileKind[] = [
  {
    get label() {
      return say.state.songFiles
    },
    extensions: ['understudy'],
  },
]
/** The save before the last lies beside each song. */
export const openableProjectKinds: readonly FileKind[] = projectFileKinds.map((kind) => ({
  get label() {
    return kind.label
  },
  extensions: [...kind.extensions, 'bak'],
}))
export const emotionFileKinds: readonly FileKind[] = [
  {
    get label() {
      return say.state.emotionFiles
    },
    extensions: ['emotion'],
  },
]
export const singerFileKinds: readonly FileKind[] = [
  {
    get label() {
      return say.state.singerFiles
    },
    extensions: ['singer'],
  },
]
export const instrumentFileKinds: readonly FileKind[] = [
  {
    get label() {
      return say.state.instrumentFiles
    },
    extensions: ['domain'],
  },
]
export const vocoderFileKinds: readonly FileKind[] = [
  {
    get label() {
      return say.state.vocoderFiles
    },
    extensions: ['vocoder'],
  },
]
