import type { Random } from '../../../src/shared/base/random.ts'

/** A reader of the program, and how it is tried. */
export interface FuzzTarget {
  /** Lower case with dashes: it names files and rows. */
  readonly name: string
  readonly reads: string
  /** What holds for every input; `take` throws where it does not. */
  readonly promise: string
  /** Of about a thousand: a cheap reader gets more. */
  readonly share: number
  /** Most that the process that tries it may ever hold, in MB. */
  readonly memoryCapMb: number
  /** Whether it writes files: its process may then write in its own folder alone, which the system enforces. */
  readonly writes?: boolean
  open(folder: string): Promise<OpenTarget> | OpenTarget
}

/** Of the processor, for one input. */
export const LONGEST_MS = 1000

export interface OpenTarget {
  /** What the project's own writers, or the encoders of the fixtures, made. */
  readonly seeds: readonly Uint8Array[]
  /** Inputs do not grow beyond. */
  readonly largestBytes: number
  /** Pieces of the format, put anywhere. */
  readonly words?: readonly string[]
  /** A change that keeps the format's form, so that more than the first check is reached; null where it has none. */
  vary?(input: Uint8Array, random: Random): Uint8Array | null
  /** Resolves whether the input was accepted or refused as it should be; throws where the promise is broken. */
  take(input: Uint8Array): Promise<void> | void
  close?(): Promise<void> | void
}

/** A promise that did not hold. */
export class BrokenPromise extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'BrokenPromise'
  }
}

/** The promise of a target, as a statement in its `take`. */
export function promised(holds: boolean, what: string): asserts holds {
  if (!holds) throw new BrokenPromise(what)
}
