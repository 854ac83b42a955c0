import type { PlacedBatch } from '../../../shared/sampling/memory/batch-place.ts'
import type { PlacedNetwork } from '../../../shared/sampling/memory/network.ts'
import type { SamplingSong } from '../../../shared/sampling/song.ts'

/** What a thread that sings is given at its start. */
export interface SamplingThreadData {
  readonly module: Uint8Array<ArrayBuffer>
  readonly memory: WebAssembly.Memory
  readonly network: PlacedNetwork
  readonly batch: PlacedBatch
}

export interface SamplingOrder {
  readonly song: SamplingSong
  /** Of the segments, in the order in which they are taken. */
  readonly order: Int32Array
  /** [`TAKEN`, `STOPPED`], shared by all threads. */
  readonly turns: Int32Array
  readonly sung: Uint8Array
  readonly mostAtOnce: number
}

export type SamplingAnswer =
  | { readonly kind: 'sung'; readonly frames: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'fault'; readonly details: string }

/** Places in the turns. */
export const TAKEN = 0
export const STOPPED = 1
