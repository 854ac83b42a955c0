import { realFft } from '../dsp/fft.ts'
import { createMelBands, logMelPower } from '../dsp/mel.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { periodicHannWindow } from '../dsp/window.ts'
import { BANDS } from '../networks/source-filter/config.ts'
import { createWhitening } from '../vocoder/envelope-filter.ts'
import { codeSpectra, type VocoderFeatures, type VoiceSpectra } from '../vocoder/features.ts'
import { spectrogramRow } from '../world/spectrogram.ts'
import { periodCorrelation } from './roughness.ts'

/** How far a vocoder's copy of a recording is from it; both at 16 kHz, copied from the recording's own features. */
export interface VocoderFigures {
  /** Spectral convergence: the norm of the magnitudes' difference over that of the recording's. */
  readonly sc: number
  /** Mean distance of log magnitudes, and of 80 mel bands, dB. */
  readonly lm: number
  readonly mel: number
  /** Mean distance of the pitch in cents where it is within half a semitone, and the share of voiced frames where it is not, %. */
  readonly f0Cents: number
  readonly f0Gross: number
  /** Frames voiced in one and unvoiced in the other, %. */
  readonly voicing: number
  /** By how much the copy is more harmonic, dB: noisier copies are below 0. */
  readonly hnr: number
  /** Mean distance of the band aperiodicities of voiced frames, dB. */
  readonly bap: number
  /** Mean over the frames of the root mean square distance of the envelopes, dB. */
  readonly lsd: number
  /** By how much the copy's voiced excitation has higher peaks, dB: buzzier copies are above 0. */
  readonly texture: number
}

/** A sound with what its analysis gave. */
export interface HeardSound {
  readonly samples: Float64Array
  readonly spectra: VoiceSpectra
}

const RATE_HZ = 16_000
const FFT_SIZE = 1024
const HOP = 256
const MEL_BANDS = 80
const MEL_HIGH_HZ = 7600
const DB_PER_NEPER = 20 / Math.LN10
/** Magnitudes more than 70 dB under the recording's loudest are silence. */
const FLOOR_SHARE = 10 ** (-70 / 20)
/** Frames fainter than 50 dB under the loudest count for no envelope. */
const ACTIVE_SHARE = 1e-5
const GROSS_CENTS = 50
const MOST_CORRELATION = 0.9999
const LEAST_CORRELATION = 0.01

export function compareCopy(recording: HeardSound, copy: HeardSound): VocoderFigures {
  const coded = codeSpectra(recording.spectra)
  const copied = codeSpectra(copy.spectra)
  return {
    ...magnitudeFigures(recording.samples, copy.samples),
    ...pitchFigures(coded.f0, copied.f0),
    ...voiceFigures(recording, copy, coded, copied),
    lsd: envelopeDistance(recording.spectra, copy.spectra),
  }
}

function magnitudeFigures(x: Float64Array, y: Float64Array) {
  const [found, wanted] = [magnitudes(y), magnitudes(x)]
  const floor = FLOOR_SHARE * wanted.reduce((most, value) => Math.max(most, value), 0)
  let [difference, norm, logarithms] = [0, 0, 0]
  wanted.forEach((value, index) => {
    difference += (found[index] - value) ** 2
    norm += value * value
    logarithms += Math.abs(Math.log(Math.max(found[index], floor) / Math.max(value, floor)))
  })
  return {
    sc: Math.sqrt(difference / norm),
    lm: (DB_PER_NEPER * logarithms) / wanted.length,
    mel: melDistance(found, wanted, floor * floor),
  }
}

function magnitudes(x: Float64Array): Float64Array {
  const bins = FFT_SIZE / 2 + 1
  const frames = Math.max(Math.floor((x.length - FFT_SIZE) / HOP) + 1, 0)
  const output = new Float64Array(frames * bins)
  const hann = periodicHannWindow(FFT_SIZE)
  const windowed = new Float64Array(FFT_SIZE)
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)]
  for (let frame = 0; frame < frames; frame++) {
    for (let index = 0; index < FFT_SIZE; index++) windowed[index] = x[frame * HOP + index] * hann[index]
    realFft(FFT_SIZE).forward(windowed, re, im)
    for (let bin = 0; bin < bins; bin++) output[frame * bins + bin] = Math.hypot(re[bin], im[bin])
  }
  return output
}

function melDistance(found: Float64Array, wanted: Float64Array, powerFloor: number): number {
  const bins = FFT_SIZE / 2 + 1
  const bands = createMelBands(MEL_BANDS, MEL_HIGH_HZ, FFT_SIZE, RATE_HZ)
  const [a, b] = [new Float64Array(MEL_BANDS), new Float64Array(MEL_BANDS)]
  let sum = 0
  for (let at = 0; at < wanted.length; at += bins) {
    for (const [values, output] of [
      [found, a],
      [wanted, b],
    ])
      logMelPower(
        bands,
        values.subarray(at, at + bins).map((value) => value * value),
        powerFloor,
        output,
        0,
      )
    for (let band = 0; band < MEL_BANDS; band++) sum += Math.abs(a[band] - b[band])
  }
  // Half, since these are logarithms of power.
  return (DB_PER_NEPER / 2) * (sum / ((wanted.length / bins) * MEL_BANDS))
}

function pitchFigures(f0: Float64Array, copied: Float64Array) {
  const frames = Math.min(f0.length, copied.length)
  let [fine, fineCount, gross, disagreeing] = [0, 0, 0, 0]
  for (let frame = 0; frame < frames; frame++) {
    if (f0[frame] > 0 !== copied[frame] > 0) disagreeing++
    if (f0[frame] === 0 || copied[frame] === 0) continue
    const cents = Math.abs(1200 * Math.log2(copied[frame] / f0[frame]))
    if (cents > GROSS_CENTS) gross++
    else {
      fine += cents
      fineCount++
    }
  }
  return {
    f0Cents: fine / Math.max(fineCount, 1),
    f0Gross: (100 * gross) / Math.max(gross + fineCount, 1),
    voicing: (100 * disagreeing) / Math.max(frames, 1),
  }
}

/** Of frames that are voiced in both. */
function voiceFigures(recording: HeardSound, copy: HeardSound, coded: VocoderFeatures, copied: VocoderFeatures) {
  const [whiteX, whiteY] = [recording, copy].map(({ samples }) => createWhitening(coded.cepstra).apply(samples))
  const means = { hnr: createMean(), bap: createMean(), texture: createMean() }
  for (let frame = 0; frame < Math.min(coded.f0.length, copied.f0.length); frame++) {
    if (coded.f0[frame] === 0 || copied.f0[frame] === 0) continue
    for (let at = frame * BANDS; at < (frame + 1) * BANDS; at++)
      means.bap.add(Math.abs(coded.bands[at] - copied.bands[at]))
    const center = frame * 80
    const period = RATE_HZ / coded.f0[frame]
    const [before, after] = [recording.samples, copy.samples].map((x) => harmonicity(x, center, period))
    if (before !== null && after !== null) means.hnr.add(after - before)
    const [peakX, peakY] = [whiteX, whiteY].map((white) => crestDb(white, center))
    if (peakX !== null && peakY !== null) means.texture.add(peakY - peakX)
  }
  return { hnr: means.hnr.value(), bap: means.bap.value(), texture: means.texture.value() }
}

/** Harmonics over noise by the correlation of neighboring periods (Boersma 1993), dB. */
function harmonicity(x: Numbers, center: number, period: number): number | null {
  const found = periodCorrelation(x, center, period)
  if (found === null) return null
  const correlation = Math.min(Math.max(found, LEAST_CORRELATION), MOST_CORRELATION)
  return 10 * Math.log10(correlation / (1 - correlation))
}

const CREST_HALF = 160

/** Peak over root mean square within 20 ms, dB. */
function crestDb(white: Float64Array, center: number): number | null {
  const stretch = white.subarray(Math.max(center - CREST_HALF, 0), center + CREST_HALF)
  const power = stretch.reduce((sum, value) => sum + value * value, 0) / stretch.length
  const peak = stretch.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return power === 0 ? null : 20 * Math.log10(peak / Math.sqrt(power))
}

function envelopeDistance(recording: VoiceSpectra, copy: VoiceSpectra): number {
  const frames = Math.min(recording.envelope.frameCount, copy.envelope.frameCount)
  const powers = Float64Array.from({ length: frames }, (_, frame) =>
    spectrogramRow(recording.envelope, frame).reduce((sum, value) => sum + value, 0),
  )
  const least = ACTIVE_SHARE * powers.reduce((most, value) => Math.max(most, value), 0)
  const mean = createMean()
  for (let frame = 0; frame < frames; frame++) {
    if (powers[frame] < least) continue
    const [a, b] = [recording, copy].map(({ envelope }) => spectrogramRow(envelope, frame))
    const squares = a.reduce((sum, value, bin) => sum + ((DB_PER_NEPER / 2) * Math.log(value / b[bin])) ** 2, 0)
    mean.add(Math.sqrt(squares / a.length))
  }
  return mean.value()
}

function createMean() {
  let [sum, count] = [0, 0]
  return {
    add(value: number) {
      sum += value
      count++
    },
    value: () => (count === 0 ? 0 : sum / count),
  }
}
