import type { HarvestSearch, HarvestSpan, SpanCandidates } from '../../kernels/harvest-search.ts'
import { roundHalfAway, roundingBias, safeguard } from '../constants.ts'
import {
  createFrequencyMeter,
  halfWindowSamples,
  harmonicBin,
  mostHarmonics,
  type FrequencyMeter,
} from '../instantaneous-frequency.ts'

/**
 * Replaces every raw candidate of the span's frames, and those lent by the neighbor frames, by the amplitude-weighted
 * mean of what its harmonics say, with a score for how well they agree. Source: Harvest, section 2.2.
 *
 * Candidates that lie close together share window length and bins, hence the measurement; equal results are kept once,
 * with the best score.
 */
export function refineCandidates(search: HarvestSearch, span: HarvestSpan, raw: Float64Array): SpanCandidates {
  const { slots, f0FloorHz, f0CeilHz, rules } = search
  const measurements = createMeasurements(search)
  const neighbors = neighborOrder(rules.neighborFrames)
  const offsets = new Int32Array(span.endFrame - span.firstFrame + 1)
  const kept = createCandidateList()
  for (let frame = span.firstFrame; frame < span.endFrame; frame++) {
    const start = kept.count()
    measurements.start(frame)
    for (const neighbor of neighbors) {
      const from = frame + neighbor
      if (from < span.rawFirstFrame || from >= span.rawEndFrame) continue
      const row = (from - span.rawFirstFrame) * slots
      for (let slot = row; slot < row + slots && raw[slot] > 0; slot++) {
        const f0 = raw[slot]
        const measured = measurements.of(f0)
        const score = agreement(measured, f0)
        if (measured.f0 >= f0FloorHz && measured.f0 <= f0CeilHz && score >= rules.lowestScore) {
          kept.add(start, measured.f0, score)
        }
      }
    }
    offsets[frame - span.firstFrame + 1] = kept.count()
  }
  return { offsets, ...kept.arrays() }
}

const neighborOrder = (frames: number): number[] => [0, ...range(-1, -frames), ...range(1, frames)]

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * Math.sign(to - from))
}

interface Measurement {
  half: number
  harmonics: number
  readonly bins: Int32Array
  readonly perHarmonicHz: Float64Array
  f0: number
}

const agreement = ({ harmonics, perHarmonicHz }: Measurement, f0: number): number => {
  let deviation = 0
  for (let h = 0; h < harmonics; h++) deviation += Math.abs((perHarmonicHz[h] - f0) / f0)
  return 1 / (deviation / harmonics + safeguard)
}

/** The measurements of one frame, each made once for every window length and set of bins. */
function createMeasurements({ signal, rateHz: fs, highestHarmonicHz, rules }: HarvestSearch) {
  const meters: FrequencyMeter[] = []
  const pool: Measurement[] = []
  const bins = new Int32Array(mostHarmonics)
  let used = 0
  let position = 0
  let placedHalf = 0

  function measure(target: Measurement, half: number, harmonics: number): void {
    const meter = meters[half]
    if (placedHalf !== half) {
      const first = roundHalfAway(position - half + roundingBias) - 1
      meter.place(first, position)
      placedHalf = half
    }
    meter.measure(bins, harmonics)
    target.half = half
    target.harmonics = harmonics
    target.bins.set(bins)
    let weighted = 0
    let weights = 0
    for (let h = 0; h < harmonics; h++) {
      target.perHarmonicHz[h] = meter.frequenciesHz[h] / (h + 1)
      weighted += meter.amplitudes[h] * meter.frequenciesHz[h]
      weights += meter.amplitudes[h] * (h + 1)
    }
    target.f0 = weighted / (weights + safeguard)
  }

  return {
    start(frame: number): void {
      used = 0
      placedHalf = 0
      // In this order, positions at 8 kHz are whole numbers, and the window of one length is the same at every frame.
      position = (frame * fs) / rules.framesPerSec
    },
    of(f0: number): Measurement {
      const half = halfWindowSamples(f0, fs)
      meters[half] ??= createFrequencyMeter(signal, fs, half)
      const harmonics = Math.min(Math.floor(highestHarmonicHz / f0), mostHarmonics)
      for (let h = 0; h < harmonics; h++) bins[h] = harmonicBin(f0, h + 1, meters[half].fftSize, fs)
      for (let i = 0; i < used; i++) if (isSame(pool[i], half, harmonics, bins)) return pool[i]
      if (used === pool.length) pool.push(emptyMeasurement())
      const created = pool[used++]
      measure(created, half, harmonics)
      return created
    },
  }
}

const emptyMeasurement = (): Measurement => ({
  half: 0,
  harmonics: 0,
  bins: new Int32Array(mostHarmonics),
  perHarmonicHz: new Float64Array(mostHarmonics),
  f0: 0,
})

function isSame(known: Measurement, half: number, harmonics: number, bins: Int32Array): boolean {
  if (known.half !== half || known.harmonics !== harmonics) return false
  for (let h = 0; h < harmonics; h++) if (known.bins[h] !== bins[h]) return false
  return true
}

/** Grows as candidates come; a frequency that the frame already has only raises that one's score. */
function createCandidateList() {
  let f0 = new Float64Array(4096)
  let scores = new Float64Array(4096)
  let count = 0
  return {
    count: () => count,
    arrays: () => ({ f0: f0.subarray(0, count), scores: scores.subarray(0, count) }),
    add(frameStart: number, value: number, score: number): void {
      for (let i = frameStart; i < count; i++) {
        if (f0[i] !== value) continue
        scores[i] = Math.max(scores[i], score)
        return
      }
      if (count === f0.length) {
        f0 = grown(f0)
        scores = grown(scores)
      }
      f0[count] = value
      scores[count++] = score
    },
  }
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * values.length)
  larger.set(values)
  return larger
}
