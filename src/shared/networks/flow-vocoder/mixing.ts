import { createRandom } from '../../base/random.ts'
import { randomRotation, type StartingMixing } from '../../nn/mixing.ts'
import { GROUP } from '../source-filter/config.ts'
import type { FlowVocoderConfig } from './config.ts'

/** Of all networks of this kind, so that what stays fixed of their matrices needs no place in a file. */
const ROTATION_SEED = 1

/** What the mixing matrices start as: random rotations, whose order of rows and signs stay. */
export function startingMixings({ flows }: FlowVocoderConfig): readonly StartingMixing[] {
  const random = createRandom(ROTATION_SEED)
  return Array.from({ length: flows }, () => randomRotation(GROUP, random))
}
