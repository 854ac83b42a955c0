import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { SamplerPrecision } from '../../../shared/sampling/memory/network.ts'
import { loadSamplerModules, type SamplerModules } from '../sampling/sampler-modules.ts'

/**
 * Whole numbers of 16 bits sing the same on every machine, and nearly always as fast as anything: what is stored under a
 * key must not depend on which precision happened to be faster.
 */
export const SUNG_PRECISION: SamplerPrecision = 'w16a14'

/** The samplers, where the build left them. Throws FailureError `engine-unavailable`. */
export function requireSamplers(kernelsFolder: string): Required<Pick<SamplerModules, 'f32' | 'w16a14'>> {
  const { f32, w16a14 } = loadSamplerModules(kernelsFolder)
  if (f32 !== undefined && w16a14 !== undefined) return { f32, w16a14 }
  throw new FailureError(
    failure(
      'engine-unavailable',
      'The samplers of waveform singers are not there, or this machine does not understand them.',
      'Build the program anew, or choose a singer of the other kind.',
    ),
  )
}
