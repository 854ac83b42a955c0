import { silentProgress } from '../../shared/base/progress.ts'
import { analyzePitch } from '../../shared/conversion/analyze.ts'
import { analyzeClip, type ClipFeatures } from '../../shared/conversion/clip-features.ts'
import { sourceOf } from '../../shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../shared/conversion/windows.ts'
import { envelopeClip, JUDGE_RATE_HZ, type JudgedClip } from '../../shared/evaluation/index.ts'
import { trackPitch } from '../../shared/pitch/index.ts'
import { loadKernelsWithCrew } from '../compute/crew.ts'
import { builtKernelsFolder } from '../compute/kernels.ts'
import { createAnalysisResampler } from '../compute/analysis-resampler.ts'
import type { Sound } from './read-sound.ts'

export interface AnalyzedSound {
  readonly clip: JudgedClip
  /** Hz per 5 ms, 0 where unvoiced. */
  readonly f0: Float32Array
  /** What a singer is learned from; null of silence. */
  readonly features: ClipFeatures | null
}

/** WORLD's analysis of whole sounds in memory, with the product's own settings of pitch range and hop. */
export interface SoundAnalyzer {
  /** @param known what the sound's analysis gave before */
  analyze(sound: Sound, known?: ClipFeatures | null): AnalyzedSound
  /** Hz per 5 ms, 0 where unvoiced; all 0 for silence. */
  pitch(sound: Sound): Float32Array
  /** The same by a tracker that no conversion uses. */
  independentPitch(sound: Sound): Float64Array
  resample(sound: Sound, rateHz: number): Float32Array
}

export async function createSoundAnalyzer(): Promise<SoundAnalyzer> {
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const resample = await createAnalysisResampler(kernels)
  const survey = ({ samples, rateHz }: Sound) => {
    const span = planSpan(sourceOf([samples], rateHz), 0, samples.length)
    return { span, found: surveySpan(span, silentProgress) }
  }
  return {
    analyze(sound, known = null) {
      const { span, found } = survey(sound)
      if (found.peak === 0) return silence(span.frameCount)
      const source = sourceOf([sound.samples], sound.rateHz)
      const features = known ?? analyzeClip(source, resample, silentProgress, kernels)
      const samples = resample(sound.samples, sound.rateHz, JUDGE_RATE_HZ)
      return { f0: features.f0, features, clip: { envelope: envelopeClip(features.lm), samples } }
    },
    pitch(sound) {
      const { span, found } = survey(sound)
      return found.peak === 0
        ? new Float32Array(span.frameCount)
        : analyzePitch(span, found, resample, silentProgress, kernels)
    },
    independentPitch: ({ samples, rateHz }) => trackPitch(Float64Array.from(samples), rateHz, {}, kernels.pitch).f0Hz,
    resample: (sound, rateHz) => resample(sound.samples, sound.rateHz, rateHz),
  }
}

const silence = (frameCount: number): AnalyzedSound => ({
  f0: new Float32Array(frameCount),
  features: null,
  clip: {
    envelope: {
      shapes: new Float32Array(0),
      centered: new Float32Array(0),
      frameCount: 0,
      places: new Int32Array(0),
    },
    samples: new Float32Array(0),
  },
})
