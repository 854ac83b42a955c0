import { areEnough, createCrossings, findCrossings, frequencyAtFrames, type Crossings } from '../crossings.ts'
import { createBandFilter } from './band-filter.ts'
import { basicFramePeriodSec } from './basic-rate.ts'

const channelsPerOctave = 40
/** The channels reach a little beyond the wanted range, candidates do not. */
const floorMargin = 0.9
const ceilMargin = 1.1
/** A channel believes what it measures only near its own center. */
const acceptedDeviation = 0.1
/** So many neighboring channels must agree. */
const shortestRun = 10
/** Long signals are searched in spans of this length, each with a margin of context on both sides. */
const spanSec = 20
const marginSec = 1

/** Up to `slots` candidates a frame, in row-major order, ascending within a frame; 0 marks an empty slot. */
export interface RawCandidates {
  readonly slots: number
  readonly f0: Float64Array
}

/**
 * Where at least ten neighboring band-pass channels agree on a frequency, their mean is a candidate of that
 * millisecond. `signal` is the decimated one at `fs`. Source: Harvest, section 2.1.
 */
export function findCandidates(
  signal: Float64Array,
  fs: number,
  frames: number,
  f0FloorHz: number,
  f0CeilHz: number,
): RawCandidates {
  const centersHz = channelCenters(f0FloorHz, f0CeilHz)
  const slots = Math.floor(centersHz.length / (shortestRun + 1)) + 1
  const f0 = new Float64Array(frames * slots)
  const filter = createBandFilter(signal, fs, centersHz)
  const spacing = fs * basicFramePeriodSec
  const spanFrames = Math.round(spanSec / basicFramePeriodSec)
  const margin = Math.round(marginSec * fs)
  const longest = Math.min(signal.length, Math.ceil(spanSec * fs) + 2 * margin + 1)
  const outputs = [new Float64Array(longest), new Float64Array(longest)] as const
  const measure = createMeasure(longest, Math.min(frames, spanFrames), fs, spacing, f0FloorHz, f0CeilHz)

  for (let firstFrame = 0; firstFrame < frames; firstFrame += spanFrames) {
    const count = Math.min(spanFrames, frames - firstFrame)
    const start = Math.max(0, Math.floor(firstFrame * spacing) - margin)
    const end = Math.min(signal.length, Math.ceil((firstFrame + count) * spacing) + margin)
    const runs = createRuns(count, slots, f0.subarray(firstFrame * slots, (firstFrame + count) * slots))
    filter.load(start, end)
    // The outermost channels never count, so they are not even filtered.
    for (let channel = 1; channel < centersHz.length - 1; channel += 2) {
      const partner = Math.min(channel + 1, centersHz.length - 2)
      filter.filterPair(channel, partner, outputs[0], outputs[1])
      runs.add(measure(outputs[0], end - start, start, firstFrame, count, centersHz[channel]))
      if (partner !== channel) runs.add(measure(outputs[1], end - start, start, firstFrame, count, centersHz[partner]))
    }
    runs.finish()
  }
  return { slots, f0 }
}

function channelCenters(f0FloorHz: number, f0CeilHz: number): Float64Array {
  const lowHz = f0FloorHz * floorMargin
  const length = 1 + Math.floor(Math.log2((f0CeilHz * ceilMargin) / lowHz) * channelsPerOctave)
  return Float64Array.from({ length }, (_, c) => lowHz * 2 ** ((c + 1) / channelsPerOctave))
}

/** Measures the frequency of a filtered signal at every frame, 0 where the channel does not believe it. */
function createMeasure(
  longest: number,
  mostFrames: number,
  fs: number,
  spacing: number,
  f0FloorHz: number,
  f0CeilHz: number,
) {
  const crossings: Crossings = createCrossings(longest)
  const series = [crossings.falling, crossings.rising, crossings.peaks, crossings.dips]
  const measured = series.map(() => new Float64Array(mostFrames))
  const accepted = new Float64Array(mostFrames)
  return (
    filtered: Float64Array,
    length: number,
    origin: number,
    firstFrame: number,
    count: number,
    centerHz: number,
  ): Float64Array => {
    findCrossings(filtered, length, origin, crossings)
    if (!areEnough(crossings)) return accepted.fill(0)
    series.forEach((one, s) => frequencyAtFrames(one, fs, spacing, firstFrame, count, measured[s]))
    const [a, b, c, d] = measured
    const low = Math.max(centerHz * (1 - acceptedDeviation), f0FloorHz)
    const high = Math.min(centerHz * (1 + acceptedDeviation), f0CeilHz)
    for (let i = 0; i < count; i++) {
      const mean = (a[i] + b[i] + c[i] + d[i]) / 4
      accepted[i] = mean >= low && mean <= high ? mean : 0
    }
    return accepted
  }
}

/** Takes the channels in ascending order and turns each frame's runs of agreeing channels into candidates. */
function createRuns(count: number, slots: number, f0: Float64Array) {
  const lengths = new Int32Array(count)
  const sums = new Float64Array(count)
  const filled = new Int32Array(count)
  const close = (i: number): void => {
    if (lengths[i] >= shortestRun) f0[i * slots + filled[i]++] = sums[i] / lengths[i]
    lengths[i] = 0
    sums[i] = 0
  }
  return {
    add(accepted: Float64Array): void {
      for (let i = 0; i < count; i++) {
        if (accepted[i] > 0) {
          lengths[i]++
          sums[i] += accepted[i]
        } else if (lengths[i] > 0) close(i)
      }
    },
    finish(): void {
      for (let i = 0; i < count; i++) close(i)
    },
  }
}
