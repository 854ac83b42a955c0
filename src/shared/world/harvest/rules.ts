import type { HarvestRules } from '../../kernels/harvest-search.ts'
import { roundingBias, safeguard } from '../constants.ts'
import { basicFramesPerSec } from './basic-rate.ts'

/** The numbers of Harvest's search, shared by the plain search and the kernel. */
export const harvestRules: HarvestRules = {
  framesPerSec: basicFramesPerSec,
  /** A channel believes what it measures only near its own center. */
  acceptedDeviation: 0.1,
  /** So many neighboring channels must agree. */
  shortestRun: 10,
  /** Each frame also tries the candidates of so many frames before and after. */
  neighborFrames: 3,
  /** Harmonics that disagree by more than 40 % on average are not one voice's. */
  lowestScore: 2.5,
  roundingBias,
  safeguard,
}
