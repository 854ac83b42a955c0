import type { Result } from '../base/result.ts'
import type { Hertz } from '../units/time.ts'

/** Audio as it lies in memory: one array per channel, full scale at ±1. */
export interface AudioBlock {
  readonly rateHz: Hertz
  readonly channels: readonly Float32Array[]
}

/** A format that audio can be exported to and read back from. Pure: bytes in, bytes out. */
export interface AudioFormat {
  readonly id: string
  readonly label: string
  /** The first is the one that a new file gets; without the dot. */
  readonly extensions: readonly string[]
  readonly encodings: readonly AudioEncoding[]
  /** Whether a file that begins with these bytes (64 are enough) is of this format. */
  isMine(head: Uint8Array): boolean
  /** A whole file. Long audio is written block by block by main/files, with the same parts. */
  write(audio: AudioBlock, encodingId: string): Uint8Array
  /** Fails with audio-unreadable, audio-truncated. */
  read(bytes: Uint8Array): Result<AudioBlock>
}

export interface AudioEncoding {
  readonly id: string
  readonly label: string
  /** Largest difference that writing and reading makes to a sample within ±1. */
  readonly precision: number
}
