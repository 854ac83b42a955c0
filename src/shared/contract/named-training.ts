import type { ConverterId } from '../project/converters.ts'
import { vocoderNetworks } from './vocoders.ts'
import type { EmotionMethod } from './emotions.ts'

/** What learns in a training, by what comes of it: a converter's network, an emotion model, a vocoder's network,
 * domains that music is translated into. */
export const learningMethods = {
  singer: ['spectral-autoencoder', 'waveform'],
  emotion: ['statistics', 'relgan'],
  vocoder: vocoderNetworks,
  domain: ['music-translation'],
} as const satisfies {
  readonly singer: readonly ConverterId[]
  readonly emotion: readonly EmotionMethod[]
  readonly vocoder: readonly string[]
  readonly domain: readonly string[]
}
export type LearningMethod = (typeof learningMethods)[keyof typeof learningMethods][number]

/** What a training is known by; kept with its job. */
export interface NamedTraining {
  /** Of everything that it learns: singers who learn together are several, the one it is named after first. */
  readonly names: readonly string[]
  readonly method: LearningMethod
}

/** Whether what a training learns by one of the methods is called so. Capitals and spaces around a name do not count. */
export const learnsUnder = (
  name: string,
  methods: readonly LearningMethod[],
  training: NamedTraining | undefined,
): boolean =>
  training !== undefined && methods.includes(training.method) && training.names.some((one) => isSameName(one, name))

export const isSameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase()
