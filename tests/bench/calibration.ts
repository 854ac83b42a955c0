import { keep, processorMs } from './stopwatch.ts'

const STEPS = 4_000_000
const RUNS = 5

/** What the loop takes on the machine where the C++ reference was timed (AMD EPYC of the fifth Zen, 4.1 GHz). */
export const CALIBRATION_REFERENCE_MS = 12

/** Least milliseconds of a loop of dependent multiplications and additions in double precision: a processor's speed. */
export const calibrationLoopMs = (): number => Math.min(...Array.from({ length: RUNS }, () => processorMs(loop)))

function loop(): void {
  let a = 1
  let b = 0.5
  for (let step = 0; step < STEPS; step++) {
    a = a * 0.999999 + b * 1e-6
    b = b * 0.999998 + a * 1e-6
  }
  keep(a + b)
}
