import {
  createHarvestKernel,
  type HarvestExports,
  type HarvestSearch,
  type HarvestSpan,
  type SpanCandidates,
} from './harvest-search.ts'
import { instantiateKernel, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'

/** The search for pitch. The plain twins of its functions lie in `world`. */
export interface PitchKernel {
  /** Harvest: the refined candidates of one span of frames. Twin: `world/harvest/candidates.ts` and `refine.ts`. */
  searchSpan(search: HarvestSearch, span: HarvestSpan): SpanCandidates
}

type PitchExports = HarvestExports

export function createPitchKernel(module: KernelModule): PitchKernel {
  const kernel = instantiateKernel<PitchExports>(module)
  const memory = createKernelMemory(kernel)
  return { searchSpan: createHarvestKernel(kernel, memory) }
}
