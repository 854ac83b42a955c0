import { powerToAutocorrelation, solvePredictor } from '../dsp/linear-prediction.ts'
import { CEPSTRA, FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import { powerOfFrame } from './features.ts'

const ORDER = 24
/** The filter changes after each so many samples. */
const SPAN_SAMPLES = 20
const SPANS_PER_FRAME = FRAME_SAMPLES / SPAN_SAMPLES

/**
 * Takes the spectral envelope out of a sound, or puts it back, by prediction from the 24 samples before. Autocorrelations
 * are interpolated between the frames: every mixture of two is one, so that all filters are stable. Sound is given in
 * order, in pieces of any length; each way undoes the other where both have the same cepstra.
 */
export interface EnvelopeFilter {
  /** The next samples. */
  apply(x: Float64Array): Float64Array
}

/** The sound without its envelope: of power 1 where the cepstra are the sound's own. */
export const createWhitening = (cepstra: Float32Array): EnvelopeFilter => createFilter(cepstra, whitened)
/** The way back. */
export const createRestoring = (cepstra: Float32Array): EnvelopeFilter => createFilter(cepstra, restored)

/** @param sounds the sound with its envelope, the last `ORDER` samples before `at` included */
type Step = (x: number, a: Float64Array, gain: number, sounds: Float64Array, at: number) => number

function createFilter(cepstra: Float32Array, step: Step): EnvelopeFilter {
  const correlations = createCorrelations(cepstra)
  const a = new Float64Array(ORDER)
  const mixed = new Float64Array(ORDER + 1)
  let gain = 1
  let position = 0
  /** What was heard last, with its envelope. */
  let memory = new Float64Array(ORDER)
  function tune(): void {
    correlations(position / SPAN_SAMPLES / SPANS_PER_FRAME + 0.5 / SPANS_PER_FRAME, mixed)
    gain = Math.sqrt(solvePredictor(mixed, a))
  }
  return {
    apply(x) {
      const sounds = new Float64Array(ORDER + x.length)
      sounds.set(memory)
      const output = new Float64Array(x.length)
      for (let index = 0; index < x.length; index++, position++) {
        if (position % SPAN_SAMPLES === 0) tune()
        output[index] = step(x[index], a, gain, sounds, ORDER + index)
      }
      memory = sounds.slice(x.length)
      return output
    },
  }
}

const whitened: Step = (x, a, gain, sounds, at) => {
  sounds[at] = x
  return (x + predicted(a, sounds, at)) / gain
}

const restored: Step = (x, a, gain, sounds, at) => (sounds[at] = gain * x - predicted(a, sounds, at))

function predicted(a: Float64Array, sounds: Float64Array, at: number): number {
  let sum = 0
  for (let k = 0; k < ORDER; k++) sum += a[k] * sounds[at - 1 - k]
  return sum
}

/** Autocorrelations at a place between frames, held beyond the last; frames are asked for in order, and kept two at a time. */
function createCorrelations(cepstra: Float32Array) {
  const frameCount = cepstra.length / CEPSTRA
  const kept = new Map<number, Float64Array>()
  function correlation(wanted: number): Float64Array {
    const frame = Math.min(wanted, frameCount - 1)
    const known = kept.get(frame)
    if (known) return known
    const found = new Float64Array(ORDER + 1)
    powerToAutocorrelation(powerOfFrame(cepstra, frame), found)
    kept.delete(frame - 2)
    kept.set(frame, found)
    return found
  }
  return (position: number, output: Float64Array): void => {
    const frame = Math.floor(position)
    const before = correlation(frame)
    const after = correlation(frame + 1)
    for (let k = 0; k <= ORDER; k++) output[k] = before[k] + (position - frame) * (after[k] - before[k])
  }
}
