import type { spectralAutoencoderSizes } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { withoutPublishedOptions, type PublishedOptions } from '../../../src/shared/training/published-options.ts'

/** How a network is learned. Every difference gives another network. */
export interface Learning {
  readonly size: keyof typeof spectralAutoencoderSizes
  readonly steps: number
  readonly readingShare: number
  /** Missing, none of them. */
  readonly published?: PublishedOptions
}

/** How a conversion is made with it. */
export interface Rendering {
  /** Logarithms of the lengths of the vocal tract over which the latent is averaged; [0] hears it as it is. */
  readonly warps: readonly number[]
  /** Residual neighbors at all. */
  readonly hasNeighbors: boolean
  readonly neighbors: number
  /** Power of the distance by which a neighbor counts less. */
  readonly sharpness: number
  readonly residue: number
  readonly picture: number
  readonly strength: number
  /** Frames of 5 ms on each side over which the change is smoothed. */
  readonly smoothing: number
}

export interface Variant {
  readonly learning: Learning
  readonly rendering: Rendering
}

const baseline: Variant = {
  learning: { size: 'fast', steps: 1200, readingShare: 0 },
  rendering: {
    warps: [0],
    hasNeighbors: true,
    neighbors: 12,
    sharpness: 2,
    residue: 0.7,
    picture: 0.3,
    strength: 1,
    smoothing: 0,
  },
}

const learned = (learning: Partial<Learning>, from = baseline): Variant => ({
  ...from,
  learning: { ...from.learning, ...learning },
})
const rendered = (rendering: Partial<Rendering>, from = baseline): Variant => ({
  ...from,
  rendering: { ...from.rendering, ...rendering },
})

const read = learned({ readingShare: 0.5 })
const published = (options: Partial<PublishedOptions>): Variant =>
  learned({ published: { ...withoutPublishedOptions, ...options } })
/** How the real frames are mixed in, after a network that learned from readings or not. */
const mixed = (residue: number, picture: number, from = baseline, neighbors = 12): Variant =>
  rendered({ residue, picture, neighbors }, from)

/** Everything that was tried, by name; a row of EXPERIMENTS.md each. */
export const variants: Readonly<Record<string, Variant>> = {
  baseline,
  'no-neighbors': rendered({ hasNeighbors: false }),
  'strength-85': rendered({ strength: 0.85 }),
  'neighbors-4': rendered({ neighbors: 4 }),
  'neighbors-24': rendered({ neighbors: 24 }),
  'neighbors-48': rendered({ neighbors: 48 }),
  'more-content': mixed(1, 0.25),
  'more-person': mixed(0.5, 0.5),
  'residue-50-picture-0': mixed(0.5, 0),
  'residue-50-picture-70': mixed(0.5, 0.7),
  'residue-70-picture-50': mixed(0.7, 0.5),
  'residue-70-picture-70': mixed(0.7, 0.7),
  'residue-100-picture-70': mixed(1, 0.7),
  'residue-70-picture-50-k24': mixed(0.7, 0.5, baseline, 24),
  'residue-100-picture-70-k24': mixed(1, 0.7, baseline, 24),
  'residue-100-picture-100-k24': mixed(1, 1, baseline, 24),
  'warps-3': rendered({ warps: [-0.08, 0, 0.08] }),
  'warps-5': rendered({ warps: [-0.16, -0.08, 0, 0.08, 0.16] }),
  'smooth-2': rendered({ smoothing: 2 }),
  'smooth-5': rendered({ smoothing: 5 }),
  'smooth-10': rendered({ smoothing: 10 }),
  'readings-25': learned({ readingShare: 0.25 }),
  'readings-50': read,
  'readings-75': learned({ readingShare: 0.75 }),
  'readings-50-k24': rendered({ neighbors: 24 }, read),
  'readings-50-smooth-5': rendered({ smoothing: 5 }, read),
  'readings-50-strength-85': rendered({ strength: 0.85 }, read),
  'readings-50-content': mixed(1, 0.25, read),
  'readings-50-person': mixed(0.5, 0.5, read),
  'readings-50-residue-30-picture-0': mixed(0.3, 0, read),
  'readings-50-residue-50-picture-0': mixed(0.5, 0, read),
  'readings-50-residue-50-picture-20': mixed(0.5, 0.2, read),
  'readings-50-residue-70-picture-0': mixed(0.7, 0, read),
  'readings-50-residue-70-picture-50': mixed(0.7, 0.5, read),
  'readings-50-residue-70-picture-70': mixed(0.7, 0.7, read),
  'confusion-01': published({ confusionWeight: 0.01 }),
  'confusion-10': published({ confusionWeight: 0.1 }),
  'back-translation-50': published({ backTranslationShare: 0.5 }),
  'reversed-50': published({ reversedShare: 0.5 }),
  'steps-3000': learned({ steps: 3000 }),
}
