import { fileURLToPath } from 'node:url'
import { compileAssembly } from '../../src/shared/kernels/build.ts'
import type { SamplerPrecision } from '../../src/shared/sampling/memory/network.ts'

/** Thousand million operations a second, products and sums counted each. */
export type ArithmeticPeaks = Readonly<Record<SamplerPrecision, number>>

/**
 * Of one core of the processor that the bars of kernels were set for (an EPYC of 4.15 GHz): fused f32, products of
 * shorts and sums, and products of bytes in one instruction, which not every processor has.
 */
const BARS_PEAKS: ArithmeticPeaks = { f32: 66, w16a14: 115, w8a7: 264 }

/**
 * Of `perSec` thousand million operations a second on one processor here: the share of what it can do, and what a
 * real-time factor would be where the bars were set, if its share were the same.
 */
export function besideBars(peaks: ArithmeticPeaks, unit: SamplerPrecision, perSec: number, factor: number) {
  return {
    share: `${((100 * perSec) / peaks[unit]).toFixed(0)} % of what one processor here can do`,
    factorThere: (factor * peaks[unit]) / BARS_PEAKS[unit],
  }
}

type Exports = Readonly<Record<'fuse' | 'multiplyShorts' | 'multiplyBytes', (rounds: number) => void>>

/** Rounds of a call; a call is under a millisecond, so that some are not disturbed by other work of the machine. */
const ROUNDS = 20_000
const CALLS = 400
/** Operations of a round: sums × lanes × products and sums. */
const OPERATIONS = { fuse: 12 * 4 * 2, multiplyShorts: 8 * 8 * 2, multiplyBytes: 12 * 16 * 2 } as const

let measured: Promise<ArithmeticPeaks> | null = null

/** The most that one thread does here with 128-bit vectors, in the unit that each precision is computed with. */
export const arithmeticPeaks = (): Promise<ArithmeticPeaks> => (measured ??= measurePeaks())

async function measurePeaks(): Promise<ArithmeticPeaks> {
  const source = fileURLToPath(new URL('./assembly/arithmetic.ts', import.meta.url))
  const binary = await compileAssembly(source, ['--enable', 'relaxed-simd'])
  const { instance } = await WebAssembly.instantiate(binary)
  const exports = instance.exports as unknown as Exports
  const peakOf = (name: keyof Exports): number => {
    let leastMs = Infinity
    for (let call = 0; call < CALLS; call++) {
      const startMs = performance.now()
      exports[name](ROUNDS)
      leastMs = Math.min(leastMs, performance.now() - startMs)
    }
    return (OPERATIONS[name] * ROUNDS) / leastMs / 1e6
  }
  return { f32: peakOf('fuse'), w16a14: peakOf('multiplyShorts'), w8a7: peakOf('multiplyBytes') }
}
