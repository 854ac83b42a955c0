import type { TrainingMethod } from '../contract/engines.ts'

/** How far off a way of learning was, on phrases that it never learned from. */
export interface MethodFigure {
  readonly method: TrainingMethod
  /** Mean difference of the spectra, heard in the disguise of other voices and drawn again. */
  readonly errorDb: number
}

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
  /** How it was learned; older cards don't say. */
  readonly method?: TrainingMethod
  /** How many singers were learned together, this one among them; missing where it was alone. */
  readonly singerCount?: number
  /** What the ways that were tried came to; the best was kept. Missing where one way alone was tried. */
  readonly compared?: readonly MethodFigure[]
}
