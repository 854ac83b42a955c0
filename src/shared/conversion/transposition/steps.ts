import { zeroPhase } from '../../dsp/zero-phase.ts'
import type { TranspositionSteps } from '../../kernels/transposition.ts'
import { splitHarmonicNoise } from './harmonic-noise.ts'
import { joinParts } from './join-parts.ts'
import { overlapAdd } from './overlap-add.ts'
import { fundamentalPhase, localFrequency, turnToEnergy } from './phase-steps.ts'
import { toSamples } from './voice-curves.ts'

/** The plain twins of the kernel `transposition`. */
export const plainSteps: TranspositionSteps = {
  toSamples,
  zeroPhase,
  fundamentalPhase,
  turnToEnergy,
  localFrequency,
  split: (x, periodSamples, harmonicShare) => splitHarmonicNoise(x, { periodSamples, harmonicShare }),
  overlapAdd,
  join: joinParts,
}
