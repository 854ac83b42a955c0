/** What a thread that tries a target is told. */
export interface WatchedWork {
  readonly targetName: string
  readonly seed: number
  readonly count: number
  readonly isGuided: boolean
  readonly isCovered: boolean
  /** By the clock of the machine; null for no end but the count. */
  readonly endsAtMs: number | null
  /** Nothing is written outside it. */
  readonly folder: string
  readonly replayed: Uint8Array | null
  readonly shared: SharedArrayBuffer
}

export type WorkerMessage =
  | { readonly kind: 'opened' }
  /** Without the input where several of its kind were told. */
  | { readonly kind: 'failure'; readonly why: string; readonly input: Uint8Array | null }
  | { readonly kind: 'slow'; readonly why: string; readonly input: Uint8Array }
  | {
      readonly kind: 'end'
      readonly inputCount: number
      readonly keptCount: number
      readonly blockCount: number | null
      readonly slowestMs: number
    }

const AREA_START_BYTES = 16
const LARGEST_INPUT_BYTES = 4 << 20

export const shareAreas = (): SharedArrayBuffer => new SharedArrayBuffer(AREA_START_BYTES + LARGEST_INPUT_BYTES)

/** `running`: one more than the index of the input that runs, or 0; its length; how many ended. `bytes`: the input. */
export const areasOf = (shared: SharedArrayBuffer): { readonly running: Int32Array; readonly bytes: Uint8Array } => ({
  running: new Int32Array(shared, 0, 4),
  bytes: new Uint8Array(shared, AREA_START_BYTES),
})
