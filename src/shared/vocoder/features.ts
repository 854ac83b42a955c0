import type { Kernels } from '../kernels/kernels.ts'
import { BANDS, CEPSTRA, FRAME_SAMPLES, SOURCE_FILTER_RATE_HZ } from '../networks/source-filter/config.ts'
import {
  analyzeVoice,
  cheapTrick,
  createSpectrogram,
  melCepstrumToPower,
  melWarping,
  powerToMelCepstrum,
  singingVoicingThreshold,
  spectrogramRow,
  type Spectrogram,
} from '../world/index.ts'
import { decodeBands, encodeBands } from './band-aperiodicity.ts'

/** What a vocoder is told of a voice at 16 kHz, for every 5 ms: WORLD's analysis, coded. */
export interface VocoderFeatures {
  /** Hz, 0 where unvoiced. */
  readonly f0: Float64Array
  /** [frames × 5] dB, 0 is noise. */
  readonly bands: Float32Array
  /** [frames × 25], of power. */
  readonly cepstra: Float32Array
}

/** WORLD's analysis before it is coded. */
export interface VoiceSpectra {
  readonly f0: Float64Array
  readonly envelope: Spectrogram
  readonly aperiodicity: Spectrogram
}

export const VOCODER_FFT_SIZE = 1024
export const FRAME_PERIOD_SEC = FRAME_SAMPLES / SOURCE_FILTER_RATE_HZ
const F0_FLOOR_HZ = 65
const F0_CEIL_HZ = 1000
/** Silence counts as noise of this power: 100 dB under full scale. */
const POWER_FLOOR = 1e-10
/** A voiced frame is all but periodic at 0 Hz. */
const UNVOICED_RATIO = 0.5
const warping = melWarping(SOURCE_FILTER_RATE_HZ)

/** A vocoder learns from sounds of this peak: what is far fainter counts as silence. */
const PEAK = 0.7

/**
 * A sound at the level that vocoders know, and by what it was multiplied; null of silence. What is sung of it is divided
 * by that again.
 */
export function atUsualLevel(mono: Float32Array): { readonly x: Float64Array; readonly gain: number } | null {
  const peak = mono.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  if (peak === 0) return null
  const gain = PEAK / peak
  return { x: Float64Array.from(mono, (sample) => sample * gain), gain }
}

/** Harvest, CheapTrick and D4C of a sound at 16 kHz. Refuses what these refuse. */
export function analyzeSpectra(x: Float64Array, kernels: Kernels): VoiceSpectra {
  const options = {
    f0FloorHz: F0_FLOOR_HZ,
    f0CeilHz: F0_CEIL_HZ,
    framePeriodSec: FRAME_PERIOD_SEC,
    fftSize: VOCODER_FFT_SIZE,
    threshold: singingVoicingThreshold,
  }
  const pieces: { readonly firstFrame: number; readonly power: Float64Array; readonly aperiodicity: Float64Array }[] =
    []
  const f0 = analyzeVoice(
    x,
    SOURCE_FILTER_RATE_HZ,
    options,
    (firstFrame, rows) => pieces.push({ firstFrame, ...rows }),
    kernels,
  )
  const envelope = createSpectrogram(f0.length, VOCODER_FFT_SIZE / 2 + 1)
  const aperiodicity = createSpectrogram(f0.length, envelope.binCount)
  for (const piece of pieces) {
    envelope.values.set(piece.power, piece.firstFrame * envelope.binCount)
    aperiodicity.values.set(piece.aperiodicity, piece.firstFrame * envelope.binCount)
  }
  return {
    f0: f0.map((hz, frame) => (hz > 0 && isHeardVoiced(aperiodicity, frame) ? hz : 0)),
    envelope,
    aperiodicity,
  }
}

/** Whether a frame of D4C's is voiced, whatever pitch was found. */
export const isHeardVoiced = (aperiodicity: Spectrogram, frame: number): boolean =>
  spectrogramRow(aperiodicity, frame)[0] < UNVOICED_RATIO

export function codeSpectra({ f0, envelope, aperiodicity }: VoiceSpectra): VocoderFeatures {
  const bands = new Float32Array(f0.length * BANDS)
  for (let frame = 0; frame < f0.length; frame++)
    encodeBands(spectrogramRow(aperiodicity, frame), bands.subarray(frame * BANDS, (frame + 1) * BANDS))
  return { f0, bands, cepstra: codeEnvelope(envelope) }
}

/** The envelopes of a sound whose pitch is known, coded: [frames × 25]. */
export const codedEnvelopeOf = (x: Float64Array, f0: Float64Array, { envelopes }: Kernels): Float32Array =>
  codeEnvelope(
    cheapTrick(
      x,
      SOURCE_FILTER_RATE_HZ,
      f0,
      { fftSize: VOCODER_FFT_SIZE, framePeriodSec: FRAME_PERIOD_SEC },
      envelopes,
    ),
  )

function codeEnvelope(envelope: Spectrogram): Float32Array {
  const cepstra = new Float32Array(envelope.frameCount * CEPSTRA)
  for (let frame = 0; frame < envelope.frameCount; frame++) {
    const power = spectrogramRow(envelope, frame).map((value) => Math.max(value, POWER_FLOOR))
    cepstra.set(powerToMelCepstrum(power, CEPSTRA - 1, warping), frame * CEPSTRA)
  }
  return cepstra
}

/** What WORLD's synthesis needs, back from the code. */
export function decodeSpectra({ f0, bands, cepstra }: VocoderFeatures): VoiceSpectra {
  const envelope = createSpectrogram(f0.length, VOCODER_FFT_SIZE / 2 + 1)
  const aperiodicity = createSpectrogram(f0.length, envelope.binCount)
  for (let frame = 0; frame < f0.length; frame++) {
    spectrogramRow(envelope, frame).set(powerOfFrame(cepstra, frame))
    const ratios = spectrogramRow(aperiodicity, frame)
    if (f0[frame] === 0) ratios.fill(1)
    else decodeBands(bands.subarray(frame * BANDS, (frame + 1) * BANDS), ratios)
  }
  return { f0, envelope, aperiodicity }
}

/** The power envelope that a frame's cepstrum stands for. */
export const powerOfFrame = (cepstra: Float32Array, frame: number): Float64Array =>
  melCepstrumToPower(
    Float64Array.from(cepstra.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA)),
    VOCODER_FFT_SIZE,
    warping,
  )
