import { realFft } from '../dsp/fft.ts'
import { periodicHannWindow } from '../dsp/window.ts'

const SIZE = 1024
const HOP = SIZE / 4
const hann = periodicHannWindow(SIZE)
/** What four windows over each other, each taken twice, add up to. */
const OVERLAP = 1.5

/**
 * Magnitudes [513] that a sound has all the time: their mean over its short-time spectra.
 * @param sound of 1,024 samples or more
 */
export function steadySpectrum(sound: Float32Array): Float64Array {
  const fft = realFft(SIZE)
  const [re, im] = [new Float64Array(SIZE / 2 + 1), new Float64Array(SIZE / 2 + 1)]
  const sum = new Float64Array(re.length)
  const frames = Math.floor((sound.length - SIZE) / HOP) + 1
  for (let frame = 0; frame < frames; frame++) {
    fft.forward(
      Float64Array.from(hann, (weight, at) => weight * sound[frame * HOP + at]),
      re,
      im,
    )
    for (let bin = 0; bin < sum.length; bin++) sum[bin] += Math.hypot(re[bin], im[bin]) / frames
  }
  return sum
}

/**
 * Takes so much off the magnitudes of a sound's short-time spectra, and leaves their phases: what a flow hums without
 * being told anything (as the published code of WaveGlow does). In order, as many samples as come in; their pieces do not
 * change the numbers.
 * @param magnitudes [513], to be taken off
 */
export function* denoised(pieces: Iterable<Float32Array>, magnitudes: Float64Array): Generator<Float32Array> {
  const fft = realFft(SIZE)
  const [re, im] = [new Float64Array(SIZE / 2 + 1), new Float64Array(SIZE / 2 + 1)]
  /** Of the next frame, whose first samples stand before the sound: what has come in of it, and what it adds to. */
  const heard = new Float64Array(SIZE)
  const sums = new Float64Array(SIZE)
  let filled = SIZE - HOP
  /** Of the next sample that will be done, and how many have come in. */
  let position = HOP - SIZE
  let count = 0

  /** A frame is whole: the first hop of what it adds to is done. */
  function turn(): Float32Array {
    const frame = heard.map((sample, at) => hann[at] * sample)
    fft.forward(frame, re, im)
    for (let bin = 0; bin < magnitudes.length; bin++) {
      const magnitude = Math.hypot(re[bin], im[bin])
      const gain = magnitude === 0 ? 0 : Math.max(magnitude - magnitudes[bin], 0) / magnitude
      re[bin] *= gain
      im[bin] *= gain
    }
    fft.inverse(re, im, frame)
    for (let at = 0; at < SIZE; at++) sums[at] += (hann[at] * frame[at]) / OVERLAP
    const done = Float32Array.from(sums.subarray(0, HOP))
    for (const held of [sums, heard]) {
      held.copyWithin(0, HOP)
      held.fill(0, SIZE - HOP)
    }
    filled = SIZE - HOP
    return done
  }

  function* take(sound: Float32Array): Generator<Float32Array> {
    for (let at = 0; at < sound.length;) {
      const part = sound.subarray(at, at + SIZE - filled)
      heard.set(part, filled)
      at += part.length
      filled += part.length
      if (filled < SIZE) continue
      const done = turn()
      if (0 <= position && position < count) yield done.subarray(0, count - position)
      position += HOP
    }
  }
  for (const piece of pieces) {
    count += piece.length
    yield* take(piece)
  }
  yield* take(new Float32Array(SIZE))
}
