import { realFft } from '../dsp/fft.ts'
import { createBandSpreader } from './aperiodicity-bands.ts'
import { envelopeFftSize } from './cheaptrick.ts'
import { defaultFramePeriodSec, parityVoicingThreshold, safeguard } from './constants.ts'
import { createBandEstimator } from './d4c/band-aperiodicity.ts'
import { createNormals, type Normals } from './random.ts'
import { createSpectrogram, spectrogramRow, type Spectrogram } from './spectrogram.ts'
import { blackman, cutSegment, originSample, type SegmentShape } from './windowed-segment.ts'

export interface AperiodicityOptions {
  /** Size of the envelope's transform, whose bins the result has. */
  readonly fftSize?: number
  readonly framePeriodSec?: number
  /** Frames with less low-band energy become unvoiced: 0.85 as the reference, 0.25 for clean singing. */
  readonly threshold?: number
}

/** Low-band energy is from 100 Hz to the first, over that to the second of these. */
const lowestHz = 100
const lowBandHz = 4000
const wholeBandHz = 7900
const lowestLoveTrainF0Hz = 40
const loveTrainShape: SegmentShape = { window: blackman, periods: 3, isUnitEnergy: false, noiseLevel: 1e-6 }

/**
 * Aperiodicity of every bin as an amplitude ratio: 1 (less 1e-12) for an unvoiced frame, near 0 for a pure harmonic.
 * `f0` in Hz a frame, 0 unvoiced; fs of 16 kHz or more. Source: Morise 2016, "D4C".
 */
export function d4c(x: Float64Array, fs: number, f0: Float64Array, options: AperiodicityOptions = {}): Spectrogram {
  const { fftSize = envelopeFftSize(fs), framePeriodSec = defaultFramePeriodSec } = options
  const { threshold = parityVoicingThreshold } = options
  const noise = createNormals()
  const lowBandShare = createLoveTrain(x, fs, noise)
  const shares = f0.map((value, frame) => (value > 0 ? lowBandShare(value, frame * framePeriodSec) : 0))
  const estimateBands = createBandEstimator(x, fs, noise)
  const spread = createBandSpreader(fs, fftSize)
  const aperiodicity = createSpectrogram(f0.length, fftSize / 2 + 1)
  aperiodicity.values.fill(1 - safeguard)
  for (let frame = 0; frame < f0.length; frame++) {
    if (f0[frame] === 0 || shares[frame] <= threshold) continue
    spread(estimateBands(f0[frame], frame * framePeriodSec), spectrogramRow(aperiodicity, frame))
  }
  return aperiodicity
}

/** LoveTrain: the share of a frame's energy that lies in the low band, high for voice, low for breath and hiss. */
function createLoveTrain(x: Float64Array, fs: number, noise: Normals) {
  const size = envelopeFftSize(fs, lowestLoveTrainF0Hz)
  const fft = realFft(size)
  const window = new Float64Array(size)
  const segment = new Float64Array(size)
  const re = new Float64Array(size / 2 + 1)
  const im = new Float64Array(size / 2 + 1)
  const [first, low, whole] = [lowestHz, lowBandHz, wholeBandHz].map((hz) => Math.ceil((hz * size) / fs))
  const energy = (from: number, to: number): number => {
    let sum = 0
    for (let k = from + 1; k <= to; k++) sum += re[k] * re[k] + im[k] * im[k]
    return sum
  }
  return (f0Hz: number, positionSec: number): number => {
    const usedF0 = Math.max(f0Hz, lowestLoveTrainF0Hz)
    cutSegment(x, fs, usedF0, originSample(positionSec, fs), loveTrainShape, noise, window, segment)
    fft.forward(segment, re, im)
    const inLowBand = energy(first, low)
    return inLowBand / (inLowBand + energy(low, whole))
  }
}
