import { assert } from '../../base/assert.ts'
import { createRandom } from '../../base/random.ts'
import { shiftSpan } from '../../dsp/pitch-shift.ts'
import type { MusicTranslationConfig } from '../../networks/music-translation/config.ts'
import { musicTranslationNetwork, musicTranslationShapes } from '../../networks/music-translation/parameters.ts'
import type { WavenetBatch } from '../../networks/wavenet-autoencoder/batch.ts'
import { WAVENET_RATE_HZ } from '../../networks/wavenet-autoencoder/config.ts'
import { startingWavenetWeights } from '../../networks/wavenet-autoencoder/initialize.ts'
import {
  confusedStep,
  judgeBatches,
  measureItemPeak,
  reconstructionStep,
} from '../../networks/wavenet-autoencoder/training-step.ts'
import { copyAdamWState, createAdamWState } from '../../nn/adamw.ts'
import { packParameters, unpackParameters, type StoredParameters } from '../../nn/parameters.ts'
import { codeSamples, type WaveformClip } from '../wavenet-autoencoder/clip.ts'
import { batchesOf, createCropSampler, heldOutCrops, type Crop, type HeardCrop } from '../wavenet-autoencoder/crops.ts'
import { withNoisyPast } from '../wavenet-autoencoder/noisy-past.ts'
import { waveformRates } from '../wavenet-autoencoder/schedule.ts'
import { namedLosses, type WaveformLosses } from '../wavenet-autoencoder/trainer.ts'
import type { AveragedState } from '../averaged-state.ts'
import { addToAverage } from '../weight-average.ts'
import { fitIntoMemory, type WithinMemory } from '../within-memory.ts'
import { drawShiftedSpan } from './augmentation.ts'
import { cutAtGain, drawGain } from './dynamics.ts'
import type { MusicTranslationPlan } from './plans.ts'
import { drawTransposition, readSamples, transposeCrop } from './transposition.ts'

export interface MusicTranslationOptions {
  /** By id, in the order of the clips' indices; each has clips. */
  readonly domainIds: readonly string[]
  /** Each at least a hop long, with its samples where the plan augments; `singerIndex` is the domain. */
  readonly clips: readonly WaveformClip[]
  /** Never learned from, for `judge`; may be none. */
  readonly heldOut: readonly WaveformClip[]
  readonly config: MusicTranslationConfig
  readonly plan: MusicTranslationPlan
  readonly seed: number
  /**
   * Begins with these (`withTrainedEncoder`), and the encoder stays as it is: a domain more for a trained one. Missing,
   * everything is learned from scratch.
   */
  readonly trained?: StoredParameters | null
  /** What a step may take; missing or null where nobody knows. It changes only the time it takes, up to rounding. */
  readonly memoryBudgetBytes?: number | null
  /** Told in words what a person should know, such as memory that ran out. */
  readonly onNote?: (text: string) => void
  /** Goes on from here, bit for bit as if it had never stopped; everything else must be as it was. */
  readonly resumeFrom: AveragedState | null
}

/** A training, advanced step by step; time, files and cancelling are the caller's. */
export interface MusicTranslationTrainer {
  readonly step: number
  /**
   * One step of all domains, each with as many crops. The losses, by name, are those before the update. Throws
   * `training-diverged`, and then nothing that is not a number was learned.
   */
  advance(): Promise<WaveformLosses>
  /** The losses of the held-out clips as they are; empty where there are none. */
  judge(): Promise<WaveformLosses>
  save(): AveragedState
  /** What plays: the last weights, or their mean, by the plan. */
  parameters(): StoredParameters
}

/** What is to be played, of a clip that is known or was made for it. */
interface CleanCrop {
  readonly clip: WaveformClip
  readonly crop: Crop
}

export function createMusicTranslationTrainer(options: MusicTranslationOptions): MusicTranslationTrainer {
  const { clips, heldOut, config, plan, domainIds, trained = null, resumeFrom } = options
  const network = musicTranslationNetwork(config, domainIds)
  const { layout } = network
  const sampler = createCropSampler(clips, config)
  // The same draws in the same order at every start: weights, then the steps.
  const seeded = createRandom(options.seed)
  const fresh = startingWavenetWeights(musicTranslationShapes(config, domainIds), seeded)
  const initial = packParameters(layout, trained ?? fresh)
  const optimizer = resumeFrom === null ? createAdamWState(initial) : copyAdamWState(resumeFrom.optimizer)
  const average = (resumeFrom?.average ?? initial).slice()
  const random = resumeFrom === null ? seeded : createRandom(resumeFrom.random)
  let step = resumeFrom?.step ?? 0
  let withinMemory: WithinMemory | null = null

  /** The first batch shows what a step takes. */
  async function memory(batch: WavenetBatch): Promise<WithinMemory> {
    const peakOf = (recomputes: boolean) =>
      measureItemPeak(network, optimizer.weights, batch, plan.confusion, recomputes)
    return (withinMemory ??= await fitIntoMemory(plan.cropsPerDomain * domainIds.length, peakOf, options))
  }

  function drawn(): readonly WavenetBatch[] {
    const all = domainIds.flatMap((_, domain) => Array.from({ length: plan.cropsPerDomain }, () => drawCrop(domain)))
    return batchesOf(
      all.map(({ clip }) => clip),
      config,
      all.map(({ crop, heard }, clipIndex) => ({ crop: { ...crop, clipIndex }, heard })),
    )
  }

  function drawCrop(domain: number): HeardCrop & CleanCrop {
    const { clip, crop } = atAnyLevel(drawClean(domain))
    return { clip, crop, heard: plan.isAugmented ? outOfTune(clip, crop) : null }
  }

  function drawClean(domain: number): CleanCrop {
    const { segmentSamples, transposition } = plan
    const semitones = transposition === undefined ? 0 : drawTransposition(random, transposition)
    const read = semitones === 0 ? segmentSamples : readSamples(segmentSamples, semitones, config.hop)
    const crop = sampler.drawOf(random, domain, { segmentSamples: read, isAugmented: false })
    if (semitones === 0) return { clip: clips[crop.clipIndex], crop }
    const clip = transposeCrop(clips[crop.clipIndex], crop, semitones, segmentSamples, config.hop)
    return { clip, crop: { ...crop, start: 0, sampleCount: clip.levels.length } }
  }

  function atAnyLevel({ clip, crop }: CleanCrop): CleanCrop {
    const { samples } = clip
    if (plan.dynamics === undefined || samples === undefined) return { clip, crop }
    const { start, sampleCount } = crop
    const gain = drawGain(random, samples.subarray(start, start + sampleCount), plan.dynamics)
    return gain === 1 ? { clip, crop } : { clip: cutAtGain(clip, crop, gain, config.hop), crop: { ...crop, start: 0 } }
  }

  function outOfTune({ samples }: WaveformClip, { start, sampleCount }: Crop): Uint8Array {
    assert(samples !== undefined, 'what is put out of tune is the sound before it was companded')
    const span = drawShiftedSpan(random, sampleCount, WAVENET_RATE_HZ)
    return codeSamples(shiftSpan(samples.subarray(start, start + sampleCount), span, WAVENET_RATE_HZ))
  }

  const playing = () => (plan.isAveraged ? average : optimizer.weights)

  return {
    get step() {
      return step
    },
    async advance() {
      const batches = drawn().map((batch) => withNoisyPast(batch, plan.pastNoise, random))
      const within = await memory(batches[0])
      const numbers = { autoencoder: step + 1, adversaries: step + 1 }
      const losses = await within.run((use) => {
        const adversariesHear = plan.classifierHears === 'clean' ? ('target' as const) : ('heard' as const)
        const rates = waveformRates(step, plan.rates)
        const update = { rates, numbers, clipValue: plan.clipValue, use, adversariesHear }
        return trained === null
          ? confusedStep(network, optimizer, batches, plan.confusion, update)
          : reconstructionStep(network, optimizer, batches, update, (name) => !name.startsWith('encoder/'))
      })
      addToAverage(average, optimizer.weights, step)
      step++
      return trained === null ? namedLosses(losses, config.hasPitch) : { reconstruction: losses.reconstruction }
    },
    async judge() {
      if (heldOut.length === 0) return {}
      const batches = batchesOf(heldOut, config, heldOutCrops(heldOut, plan.segmentSamples, config.hop))
      const within = await memory(batches[0])
      const losses = await within.run((use) => judgeBatches(network, playing(), batches, use))
      return trained === null ? namedLosses(losses, config.hasPitch) : { reconstruction: losses.reconstruction }
    },
    save: () => ({ step, random: random.save(), optimizer: copyAdamWState(optimizer), average: average.slice() }),
    parameters: () => unpackParameters(layout, playing()),
  }
}
