import { domainSizes, type DomainSize } from '../../../../shared/contract/domains.ts'
import type { DomainModel } from '../../../../shared/formats/domain-file.ts'
import type { PresetEstimate } from '../../../../shared/contract/estimates.ts'
import { countParameters } from '../../../../shared/networks/explained/explanation.ts'
import {
  musicTranslationSizes,
  type MusicTranslationConfig,
} from '../../../../shared/networks/music-translation/config.ts'
import { domainShapes, musicTranslationShapes } from '../../../../shared/networks/music-translation/parameters.ts'
import { sizeNameOf } from '../../../../shared/networks/music-translation/size-name.ts'
import { WAVENET_RATE_HZ } from '../../../../shared/networks/wavenet-autoencoder/config.ts'
import { gflopPerStep } from '../../../../shared/networks/wavenet-autoencoder/step-cost.ts'
import { musicTranslationPlan } from '../../../../shared/training/music-translation/plans.ts'
import { bytesPerSample, WAVENET_SPREAD } from '../waveform/waveform-needs.ts'

/** The size of a trained domain, whose encoder is taken over; null where it is none that is offered. */
export function offeredSizeOf({ config }: Pick<DomainModel, 'config'>): DomainSize | null {
  const name = sizeNameOf(config)
  return domainSizes.find((size) => size === name) ?? null
}

export interface DomainFacts {
  readonly size: DomainSize
  /** Missing, the size's own. */
  readonly steps?: number
  /** Of each domain. */
  readonly domainsSec: readonly number[]
  /** 10⁹ multiplications and additions a second that the engine's self-test reached in training; null until measured. */
  readonly gflopPerSec: number | null
  /** Seconds of sound read per second; null until measured. */
  readonly analysisFactor: number | null
}

/** Until it is measured. */
export const USUAL_ANALYSIS_FACTOR = 6
/** Kept on disk per second of recording: a level per sample, and the pitch 200 times. */
const KEPT_BYTES_PER_SEC = WAVENET_RATE_HZ + 4 * 200
/** In memory: samples in single precision and levels. */
const HELD_BYTES_PER_SEC = 5 * WAVENET_RATE_HZ
/** A process with a native engine. */
const RESIDENT_BYTES = 900e6

/** What a training will take, before it is begun. */
export function domainNeeds({ size, steps, domainsSec, gflopPerSec, analysisFactor }: DomainFacts): PresetEstimate {
  const config: MusicTranslationConfig = musicTranslationSizes[size]
  const plan = musicTranslationPlan(size, steps)
  const recordedSec = domainsSec.reduce((sum, sec) => sum + sec, 0)
  const ids = domainsSec.map((_, index) => `domain-${index}`)
  const all = countParameters(musicTranslationShapes(config, ids))
  const ofDomain = countParameters(domainShapes(config))
  const samples = plan.cropsPerDomain * domainsSec.length * plan.segmentSamples
  const readSec = recordedSec / (analysisFactor ?? USUAL_ANALYSIS_FACTOR)
  const learnSec =
    gflopPerSec === null ? null : (plan.stepCount * gflopPerStep(domainShapes(config), config, samples)) / gflopPerSec
  return {
    stepCount: plan.stepCount,
    sec:
      learnSec === null
        ? null
        : { lowSec: readSec + learnSec * WAVENET_SPREAD.low, highSec: readSec + learnSec * WAVENET_SPREAD.high },
    diskBytes: Math.ceil(
      // Weights, two moments and their mean; a new state is written beside the old one before it takes its place.
      recordedSec * KEPT_BYTES_PER_SEC + 2 * 4 * 4 * all + 2 * 2 * ofDomain * domainsSec.length,
    ),
    memoryBytes: Math.ceil(
      RESIDENT_BYTES + recordedSec * HELD_BYTES_PER_SEC + samples * bytesPerSample(config) + 8 * 4 * all,
    ),
  }
}
