/** Room for more numbers than should lie in memory. What was never written reads as 0. */
export interface Scratch {
  write(at: number, values: Float32Array): void
  /** Fills `output` with what stands from `at` on. */
  read(at: number, output: Float32Array): void
}

/** Gives room for `length` numbers. Whoever hands this function in frees all that it gave. */
export type OpenScratch = (length: number) => Scratch

/** For what is short: a minute of features is a few megabytes. */
export const scratchInMemory: OpenScratch = (length) => {
  const kept = new Float32Array(length)
  return {
    write: (at, values) => kept.set(values, at),
    read: (at, output) => output.set(kept.subarray(at, at + output.length)),
  }
}
