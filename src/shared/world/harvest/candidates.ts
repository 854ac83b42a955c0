import type { HarvestSearch, HarvestSpan } from '../../kernels/harvest-search.ts'
import { areEnough, createCrossings, findCrossings, frequencyAtFrames, type Crossings } from '../crossings.ts'
import { createBandFilter } from './band-filter.ts'

/**
 * Up to `slots` candidates a frame of `span`, from rawFirstFrame on, in row-major order, ascending within a frame; 0
 * marks an empty slot. Where enough neighboring band-pass channels agree on a frequency, their mean is a candidate of
 * that millisecond. Source: Harvest, section 2.1.
 */
export function findCandidates(search: HarvestSearch, span: HarvestSpan): Float64Array {
  const { rawFirstFrame, rawEndFrame, startSample, endSample } = span
  const length = endSample - startSample
  const runs = createRuns(rawEndFrame - rawFirstFrame, search)
  const measure = createMeasure(search, span)
  const outputs = [new Float64Array(length), new Float64Array(length)] as const
  for (const group of search.groups) {
    const { filterPair } = createBandFilter(search.signal, group, startSample, endSample)
    const { centersHz } = group
    for (let channel = 0; channel < centersHz.length; channel += 2) {
      const partner = Math.min(channel + 1, centersHz.length - 1)
      filterPair(channel, partner, outputs[0], outputs[1])
      runs.add(measure(outputs[0], centersHz[channel]))
      if (partner !== channel) runs.add(measure(outputs[1], centersHz[partner]))
    }
  }
  return runs.finish()
}

/** Measures the frequency of a filtered span at every frame, 0 where the channel does not believe it. */
function createMeasure(search: HarvestSearch, span: HarvestSpan) {
  const { rateHz, f0FloorHz, f0CeilHz, rules } = search
  const count = span.rawEndFrame - span.rawFirstFrame
  const spacing = rateHz / rules.framesPerSec
  const crossings: Crossings = createCrossings(span.endSample - span.startSample)
  const series = [crossings.falling, crossings.rising, crossings.peaks, crossings.dips]
  const measured = series.map(() => new Float64Array(count))
  const accepted = new Float64Array(count)
  return (filtered: Float64Array, centerHz: number): Float64Array => {
    findCrossings(filtered, filtered.length, span.startSample, crossings)
    if (!areEnough(crossings)) return accepted.fill(0)
    series.forEach((one, s) => frequencyAtFrames(one, rateHz, spacing, span.rawFirstFrame, count, measured[s]))
    const [a, b, c, d] = measured
    const low = Math.max(centerHz * (1 - rules.acceptedDeviation), f0FloorHz)
    const high = Math.min(centerHz * (1 + rules.acceptedDeviation), f0CeilHz)
    for (let i = 0; i < count; i++) {
      const mean = (a[i] + b[i] + c[i] + d[i]) / 4
      accepted[i] = mean >= low && mean <= high ? mean : 0
    }
    return accepted
  }
}

/** Takes the channels in ascending order and turns each frame's runs of agreeing channels into candidates. */
function createRuns(count: number, { slots, rules }: HarvestSearch) {
  const f0 = new Float64Array(count * slots)
  const lengths = new Int32Array(count)
  const sums = new Float64Array(count)
  const filled = new Int32Array(count)
  const close = (i: number): void => {
    if (lengths[i] >= rules.shortestRun) f0[i * slots + filled[i]++] = sums[i] / lengths[i]
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
    finish(): Float64Array {
      for (let i = 0; i < count; i++) close(i)
      return f0
    },
  }
}
