import type { AllocatingExports } from './instance.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { putStretch } from './signal-stretch.ts'

/** The numbers of StoneMask, stated in `world/stonemask.ts`. */
export interface StoneMaskRules {
  readonly lowestF0Hz: number
  /** As a share of the rate. */
  readonly highestShare: number
  readonly firstHarmonics: number
  readonly farthestStep: number
  readonly safeguard: number
}

export interface StoneMaskExports extends AllocatingExports {
  refineStoneMask(
    signal: number,
    fs: number,
    framePeriodSec: number,
    lowestF0Hz: number,
    highestF0Hz: number,
    firstHarmonics: number,
    farthestStep: number,
    safeguard: number,
    f0: number,
    firstFrame: number,
    count: number,
  ): void
}

/** So much sound lies in the kernel's memory at once. */
const batchSec = 10

/** StoneMask, in the kernel `pitch`. */
export function createStoneMaskKernel(kernel: StoneMaskExports, memory: KernelMemory) {
  return (
    x: Float64Array,
    fs: number,
    f0: Float64Array,
    framePeriodSec: number,
    rules: StoneMaskRules,
  ): Float64Array => {
    const refined = new Float64Array(f0.length)
    const batch = Math.ceil(batchSec / framePeriodSec)
    const half = Math.floor((1.5 * fs) / rules.lowestF0Hz + 1) + 3
    const spacing = framePeriodSec * fs
    for (let firstFrame = 0; firstFrame < f0.length; firstFrame += batch) {
      const count = Math.min(batch, f0.length - firstFrame)
      const first = Math.floor(firstFrame * spacing) - half
      const signalAt = putStretch(memory, x, first, Math.ceil((firstFrame + count) * spacing) + half)
      const f0At = memory.put('stonemask f0', f0.subarray(firstFrame, firstFrame + count))
      kernel.refineStoneMask(
        signalAt,
        fs,
        framePeriodSec,
        rules.lowestF0Hz,
        rules.highestShare * fs,
        rules.firstHarmonics,
        rules.farthestStep,
        rules.safeguard,
        f0At,
        firstFrame,
        count,
      )
      refined.set(memory.f64(f0At, count), firstFrame)
    }
    return refined
  }
}
