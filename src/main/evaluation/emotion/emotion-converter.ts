import { scratchInMemory } from '../../../shared/base/scratch.ts'
import { silentProgress } from '../../../shared/base/progress.ts'
import { convertRegion } from '../../../shared/conversion/convert.ts'
import { NEUTRAL_ID } from '../../../shared/conversion/emotions/registry.ts'
import type { PreparedEmotion } from '../../../shared/conversion/emotions/prepared-emotion.ts'
import { openKnownInMemory } from '../../../shared/conversion/known-in-memory.ts'
import type { PreparedSinger } from '../../../shared/conversion/prepared-singer.ts'
import { sourceOf, type Resample } from '../../../shared/conversion/sound.ts'
import { planSpan } from '../../../shared/conversion/windows.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import type { EmotionModel } from '../../compute/emotions/emotion-model.ts'
import { prepareEmotion } from '../../compute/emotions/translators.ts'
import type { Backend } from '../../compute/engines/backend.ts'
import type { Sound } from '../read-sound.ts'
import type { Delivery } from './hear-performances.ts'

/** Gives the emotion of a source at an intensity; null where it has none of this name. */
export type ChooseEmotion = (sound: Sound, intensity: number, delivery: Delivery) => Promise<PreparedEmotion | null>

/** A whole recording with an emotion or none, in its own voice or, in the same render, in a singer's. */
export type ConvertEmotion = (
  sound: Sound,
  emotion: PreparedEmotion | null,
  intensity: number,
  delivery: Delivery,
  singer?: PreparedSinger,
) => Sound

/** Timbre is another's for every emotion and intensity. */
const PITCH_ALONE = 1

/** `silent`: any singer; nothing is heard of them. Pitch is analyzed once for each sound in turn. */
export function createEmotionConverter(silent: PreparedSinger, resample: Resample, kernels: Kernels): ConvertEmotion {
  let current: Sound | null = null
  let numbers = openKnownInMemory(PITCH_ALONE)
  return (sound, emotion, intensity, delivery, singer) => {
    if (sound !== current) [current, numbers] = [sound, openKnownInMemory(PITCH_ALONE)]
    const { samples, rateHz } = sound
    const result = new Float32Array(samples.length)
    let written = 0
    convertRegion({
      source: sourceOf([samples], rateHz),
      startSamples: 0,
      durationSamples: samples.length,
      singer: singer ?? silent,
      performance: {
        emotion: { emotionId: emotion?.emotionId ?? NEUTRAL_ID, intensity },
        transposition: singer ? { kind: 'auto' } : { kind: 'semitones', semitones: 0 },
        strength: singer ? 1 : 0,
        delivery,
      },
      emotion,
      resample,
      kernels,
      progress: silentProgress,
      known: { sourceKey: 'current', numbers },
      sink: {
        write([channel]) {
          result.set(channel, written)
          written += channel.length
        },
      },
    })
    return { samples: result, rateHz }
  }
}

/** By a model of any translator, as the application asks it. */
export const chooseFromModel =
  (
    model: EmotionModel,
    emotionId: string,
    tools: { resample: Resample; kernels: Kernels; backend: Backend },
  ): ChooseEmotion =>
  async ({ samples, rateHz }, intensity, delivery) => {
    if (!model.emotionIds.includes(emotionId)) return null
    const span = planSpan(sourceOf([samples], rateHz), 0, samples.length)
    const request = { ...tools, span, intensity, delivery, openScratch: scratchInMemory, progress: silentProgress }
    return prepareEmotion(model, emotionId, request)
  }
