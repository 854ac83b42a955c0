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

/** Everything that was tried, by name; a row of EXPERIMENTS.md each. */
export const variants: Readonly<Record<string, Variant>> = {
  baseline,
  'no-neighbors': rendered({ hasNeighbors: false }),
  'more-content': rendered({ residue: 1, picture: 0.25 }),
  'more-person': rendered({ residue: 0.5, picture: 0.5 }),
  'strength-85': rendered({ strength: 0.85 }),
  'neighbors-4': rendered({ neighbors: 4 }),
  'neighbors-24': rendered({ neighbors: 24 }),
  'neighbors-48': rendered({ neighbors: 48 }),
  'warps-3': rendered({ warps: [-0.08, 0, 0.08] }),
  'warps-5': rendered({ warps: [-0.16, -0.08, 0, 0.08, 0.16] }),
  'smooth-2': rendered({ smoothing: 2 }),
  'smooth-5': rendered({ smoothing: 5 }),
  'smooth-10': rendered({ smoothing: 10 }),
  'residue-50-picture-70': rendered({ residue: 0.5, picture: 0.7 }),
  'residue-70-picture-50': rendered({ residue: 0.7, picture: 0.5 }),
  'residue-70-picture-70': rendered({ residue: 0.7, picture: 0.7 }),
  'residue-100-picture-70': rendered({ residue: 1, picture: 0.7 }),
  'residue-70-picture-50-k24': rendered({ residue: 0.7, picture: 0.5, neighbors: 24 }),
  'residue-100-picture-70-k24': rendered({ residue: 1, picture: 0.7, neighbors: 24 }),
  'residue-100-picture-100-k24': rendered({ residue: 1, picture: 1, neighbors: 24 }),
  'readings-50-k24': rendered({ neighbors: 24 }, learned({ readingShare: 0.5 })),
  'readings-50-smooth-5': rendered({ smoothing: 5 }, learned({ readingShare: 0.5 })),
  'readings-50-content': rendered({ residue: 1, picture: 0.25 }, learned({ readingShare: 0.5 })),
  'readings-50-person': rendered({ residue: 0.5, picture: 0.5 }, learned({ readingShare: 0.5 })),
  'readings-50-strength-85': rendered({ strength: 0.85 }, learned({ readingShare: 0.5 })),
  'readings-25': learned({ readingShare: 0.25 }),
  'readings-50': learned({ readingShare: 0.5 }),
  'readings-75': learned({ readingShare: 0.75 }),
  'confusion-01': learned({ published: { ...withoutPublishedOptions, confusionWeight: 0.01 } }),
  'confusion-10': learned({ published: { ...withoutPublishedOptions, confusionWeight: 0.1 } }),
  'back-translation-50': learned({ published: { ...withoutPublishedOptions, backTranslationShare: 0.5 } }),
  'reversed-50': learned({ published: { ...withoutPublishedOptions, reversedShare: 0.5 } }),
  'steps-3000': learned({ steps: 3000 }),
}
