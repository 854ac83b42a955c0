import { createDioKernel, type DioCandidates, type DioExports, type DioSearch, type DioSpan } from './dio-search.ts'
import {
  createHarvestKernel,
  type HarvestExports,
  type HarvestSearch,
  type HarvestSpan,
  type SpanCandidates,
} from './harvest-search.ts'
import { instantiateKernel, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'
import { createStoneMaskKernel, type StoneMaskExports, type StoneMaskRules } from './stonemask.ts'

/** The search for pitch. The plain twins of its functions lie in `world`. */
export interface PitchKernel {
  /** Harvest: the refined candidates of one span of frames. Twin: `world/harvest/candidates.ts` and `refine.ts`. */
  searchSpan(search: HarvestSearch, span: HarvestSpan): SpanCandidates
  /** DIO: what each band says in one span of frames. Twin: `world/dio/candidates.ts`. */
  searchDioSpan(search: DioSearch, span: DioSpan): DioCandidates
  /** StoneMask: a whole contour, refined. Twin: `world/stonemask.ts`. */
  refineStoneMask(
    x: Float64Array,
    fs: number,
    f0: Float64Array,
    framePeriodSec: number,
    rules: StoneMaskRules,
  ): Float64Array
}

type PitchExports = HarvestExports & DioExports & StoneMaskExports

export function createPitchKernel(module: KernelModule): PitchKernel {
  const kernel = instantiateKernel<PitchExports>(module)
  const memory = createKernelMemory(kernel)
  return {
    searchSpan: createHarvestKernel(kernel, memory),
    searchDioSpan: createDioKernel(kernel, memory),
    refineStoneMask: createStoneMaskKernel(kernel, memory),
  }
}
