import { statSync } from 'node:fs'
import { silentProgress } from '../../../shared/base/progress.ts'
import { analyzeClip } from '../../../shared/conversion/clip-features.ts'
import { measureClip, type ClipMeasure } from '../../../shared/conversion/emotions/measure-clip.ts'
import { sourceOf, type Resample } from '../../../shared/conversion/sound.ts'
import {
  EMOTION_JUDGE_RATE_HZ,
  expressiveStatistics,
  JUDGE_RATE_HZ,
  voiceStatistics,
} from '../../../shared/evaluation/index.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { trackPitch } from '../../../shared/pitch/index.ts'
import type { KeptFigures } from '../kept-figures.ts'
import { readSound, type Sound } from '../read-sound.ts'

export type Delivery = 'spoken' | 'sung'

/** A recording of somebody who performs an emotion. */
export interface PerformanceFile {
  readonly path: string
  readonly person: string
  readonly emotionId: string
  readonly delivery: Delivery
}

/** What is heard of any sound, by means that no conversion uses. */
export interface HeardSound {
  /** Hz per 5 ms, 0 unvoiced. */
  readonly f0: Float64Array
  /** For the judge of emotions; null where hardly anything is voiced. */
  readonly values: readonly number[] | null
  /** For the judge of persons; null where nothing is heard. */
  readonly voice: readonly number[] | null
}

/** A real performance. */
export interface HeardPerformance extends PerformanceFile, HeardSound {
  readonly values: readonly number[]
  /** For tables; null where there is too little voice. */
  readonly measure: ClipMeasure | null
}

export interface Ears {
  hear(sound: Sound): HeardSound
  measure(sound: Sound): ClipMeasure | null
}

export const createEars = (resample: Resample, kernels: Kernels): Ears => ({
  hear({ samples, rateHz }) {
    const f0 = trackPitch(Float64Array.from(samples), rateHz, {}, kernels.pitch).f0Hz
    return {
      f0,
      values: expressiveStatistics(resample(samples, rateHz, EMOTION_JUDGE_RATE_HZ), f0),
      voice: voiceStatistics(resample(samples, rateHz, JUDGE_RATE_HZ), JUDGE_RATE_HZ),
    }
  },
  measure: ({ samples, rateHz }) =>
    measureClip(analyzeClip(sourceOf([samples], rateHz), resample, silentProgress, kernels)),
})

/** Everything that can be judged; what cannot is told by name. */
export async function hearPerformances(
  files: readonly PerformanceFile[],
  { ears, kept, tell }: { readonly ears: Ears; readonly kept: KeptFigures; readonly tell: (line: string) => void },
): Promise<HeardPerformance[]> {
  const heard: HeardPerformance[] = []
  for (const [index, file] of files.entries()) {
    if (index % REPORTED_EVERY === 0) tell(`hearing recording ${index + 1} of ${files.length}`)
    try {
      const { size, mtimeMs } = statSync(file.path)
      const key = JSON.stringify([HEARING_VERSION, file.path, size, mtimeMs])
      const { values, ...rest } = revive(
        await kept.orMeasured(key, async () => record(ears, await readSound(file.path))),
      )
      if (values === null) tell(`left out, hardly anything is voiced: ${file.path}`)
      else heard.push({ ...file, ...rest, values })
    } catch (cause) {
      tell(`left out: ${file.path}: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return heard
}

const REPORTED_EVERY = 50

/** Raised when anything is heard or measured otherwise. */
const HEARING_VERSION = 2

/** What is heard of a recording, as JSON holds it. */
function record(ears: Ears, sound: Sound) {
  const { f0, values, voice } = ears.hear(sound)
  const measure = values && ears.measure(sound)
  return {
    f0: [...f0],
    values,
    voice,
    measure: measure && {
      ...measure,
      meanShape: [...measure.meanShape],
      articulation: [...measure.articulation],
    },
  }
}

function revive({ f0, values, voice, measure }: ReturnType<typeof record>) {
  return {
    f0: Float64Array.from(f0),
    values,
    voice,
    measure: measure && {
      ...measure,
      meanShape: Float64Array.from(measure.meanShape),
      articulation: Float64Array.from(measure.articulation),
    },
  }
}
