import { MU_LAW_LEVELS } from '../../dsp/mu-law.ts'

/** Four times the clips, as published: as they are, backward, upside down, and both. The singer stays. */
export const augmentations = ['none', 'backward', 'inverted', 'backward-inverted'] as const
export type Augmentation = (typeof augmentations)[number]

export interface Augmented {
  readonly levels: Uint8Array
  readonly pitch: Float32Array | null
}

/** Each of the four is its own inverse, exactly, on levels 1…255. */
export function augment({ levels, pitch }: Augmented, augmentation: Augmentation): Augmented {
  const isBackward = augmentation === 'backward' || augmentation === 'backward-inverted'
  const isInverted = augmentation === 'inverted' || augmentation === 'backward-inverted'
  const turned = isInverted ? levels.map(negatedLevel) : levels
  return isBackward
    ? { levels: turned.slice().reverse(), pitch: pitch && pitch.slice().reverse() }
    : { levels: turned, pitch }
}

/** The level of the negated sample. Level 0 has none of its own: +1 is no level either. */
const negatedLevel = (level: number): number => Math.min(MU_LAW_LEVELS - level, MU_LAW_LEVELS - 1)
