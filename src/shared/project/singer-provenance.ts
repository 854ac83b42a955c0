/** What a singer was made with and from, for whoever asks later. */
export interface SingerProvenance {
  /** Name and version of the program. */
  readonly software: string
  /** What computed the training: "tensorflow", "wasm". */
  readonly engine: string
  /** SHA-256 of the base that it was enrolled into; null where it was learned from nothing. */
  readonly baseDigest: string | null
  readonly clipCount: number
  readonly clipsSec: number
  /** Of the best checkpoint. */
  readonly steps: number
}
