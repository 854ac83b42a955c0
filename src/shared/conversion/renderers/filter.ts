import { silentProgress, subProgress, type Progress } from '../../base/progress.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import type { ReadWindow } from '../analyze.ts'
import type { SpectralChange } from '../differential-filter.ts'
import { planGreatMove } from '../great-move.ts'
import { createNoiseShaper } from '../harmonics-to-noise.ts'
import { keepInTune } from '../keep-in-tune.ts'
import { keepVoicing } from '../keep-voicing.ts'
import { createMovedVoice, type ShapeNoise } from '../moved-voice.ts'
import { applyGainDb } from '../noise-gain.ts'
import type { PitchPlan } from '../pitch-plan.ts'
import { renderRegion } from '../render.ts'
import { surveySpan } from '../windows.ts'
import { writtenChange } from '../written-change.ts'
import type { Renderer, VoiceToRender } from './renderer.ts'

/**
 * Keeps the recording and filters it: its own periods are moved to another pitch, its spectra are changed without delay,
 * and around frames whose voicing or pitch would turn the change is held back.
 */
export const filterRenderer: Renderer = {
  prepare(voice, progress) {
    const { read, ratio, gainsDb } = readMoved(voice, progress)
    const { plan, breath } = voice
    return {
      read,
      f0: plan.f0,
      moves: [plan.f0, ratio, gainsDb, ...(breath ? [breath] : [])],
      render(change, rendering, sink) {
        const { span, survey, kernels } = voice
        const filtered = inTune(voice, read, change, rendering)
        renderRegion(
          span,
          survey,
          filtered.read,
          filtered.change,
          subProgress(rendering, 2 / 3, 1),
          sink,
          kernels.filter,
        )
        return plan.f0.map((hz, frame) => (filtered.isLeft?.[frame] === 1 ? voice.f0[frame] : hz))
      },
    }
  },
}

/** What is to be filtered, the change held back where it would turn the voicing, and what an emotion leaves as it is. */
function inTune(voice: VoiceToRender, read: ReadWindow, change: SpectralChange | null, progress: Progress) {
  const { span, survey, f0, plan, resample, kernels, openScratch, isMovedByEmotionAlone } = voice
  const voicing = { span, survey, read, isMoved: plan.ratio !== null, expectedF0: plan.f0, resample, kernels }
  const heardF0 = new Float32Array(isMovedByEmotionAlone ? span.frameCount : 0).fill(NaN)
  const kept =
    change &&
    keepVoicing(
      writtenChange(change, openScratch),
      { ...voicing, ...(isMovedByEmotionAlone && { heardF0 }) },
      subProgress(progress, 0, 0.5),
    )
  if (!isMovedByEmotionAlone) return { read, change: kept, isLeft: null }
  const readLeaving = (isLeft: Uint8Array) => readMoved(voice, silentProgress, isLeft).read
  const { isChangeExpression } = voice
  return keepInTune(
    { ...voicing, f0, heardF0, change: kept, isChangeExpression, readLeaving },
    subProgress(progress, 0.5, 2 / 3),
  )
}

interface MovedReading {
  readonly read: ReadWindow
  /** Factor of pitch, corrected where it is great. */
  readonly ratio: PitchPlan['ratio']
  readonly gainsDb: Numbers | null
}

/**
 * The windows with the plan's pitch and an emotion's breath; after a great move with the singers' share of breath.
 * @param isLeft as in `VoiceMove`
 */
function readMoved(voice: VoiceToRender, progress: Progress, isLeft?: Uint8Array): MovedReading {
  const { span, survey: given, f0, plan, target, breath, kernels, resample, known, windowLengths } = voice
  const { rateHz } = span.source
  const breathe: ShapeNoise | null =
    breath && ((noise, { firstFrame }) => applyGainDb(noise, breath, firstFrame, rateHz))
  const steps = kernels.transposition
  const { bandHarmonicsToNoiseDb } = target
  // A great move is always tried in the usual windows: what is found in others differs by a cent here and there, and
  // the phase adds that up.
  const survey = windowLengths ? surveySpan(span, silentProgress) : given
  const great = planGreatMove({ span, survey, f0, plan, bandHarmonicsToNoiseDb, resample, kernels, known }, progress)
  if (great === null) {
    // The noise part is told apart only where the voice is moved.
    const audible = { ratio: plan.ratio ?? (breath && 1), ...(isLeft && { isLeft }) }
    return { read: createMovedVoice(span, f0, audible, breathe, steps), ratio: plan.ratio, gainsDb: null }
  }
  const { move, gainsDb } = great
  const shapeNoise = createNoiseShaper(gainsDb, rateHz, kernels.filter)
  const shape: ShapeNoise = (noise, window) => (breathe ? breathe(shapeNoise(noise), window) : shapeNoise(noise))
  return { read: createMovedVoice(span, f0, move, shape, steps), ratio: move.ratio, gainsDb }
}
