import { realFft } from '../../dsp/fft.ts'
import { nuttallWindow } from '../../dsp/window.ts'
import type { BandGroup } from '../../kernels/harvest-search.ts'

const channelsPerOctave = 40
/** The channels reach a little beyond the wanted range, candidates do not. */
const floorMargin = 0.9
const ceilMargin = 1.1
/** Of each transform a quarter goes to the filters' reach: less would cost memory, more would cost work. */
const sizePerReach = 8
/** Smaller transforms are not faster a sample. */
const smallestSize = 512

/** The channels of one range of pitch at one rate. */
export interface BandPlan {
  readonly groups: readonly BandGroup[]
  readonly channelCount: number
}

let latest: { readonly key: string; readonly plan: BandPlan } | null = null

/** Harvest's band-pass channels, an octave of them in each group; those of the last call are kept. */
export function bandPlan(rateHz: number, f0FloorHz: number, f0CeilHz: number): BandPlan {
  const key = `${rateHz} ${f0FloorHz} ${f0CeilHz}`
  if (latest?.key !== key) latest = { key, plan: createPlan(rateHz, f0FloorHz, f0CeilHz) }
  return latest.plan
}

function createPlan(rateHz: number, f0FloorHz: number, f0CeilHz: number): BandPlan {
  const lowHz = f0FloorHz * floorMargin
  const count = 1 + Math.floor(Math.log2((f0CeilHz * ceilMargin) / lowHz) * channelsPerOctave)
  const centersHz = Float64Array.from({ length: count }, (_, c) => lowHz * 2 ** ((c + 1) / channelsPerOctave))
  // The outermost channels never count, so they are not even filtered.
  const used = centersHz.subarray(1, count - 1)
  const groups: BandGroup[] = []
  for (let first = 0; first < used.length; first += channelsPerOctave) {
    groups.push(createGroup(used.slice(first, first + channelsPerOctave), rateHz))
  }
  return { groups, channelCount: count }
}

function createGroup(centersHz: Float64Array, rateHz: number): BandGroup {
  const reach = filterHalf(centersHz[0], rateHz)
  const size = Math.max(smallestSize, 2 ** Math.ceil(Math.log2(sizePerReach * reach)))
  const bins = size / 2 + 1
  const gains = new Float64Array(centersHz.length * bins)
  centersHz.forEach((centerHz, c) => writeGains(centerHz, rateHz, size, gains.subarray(c * bins, (c + 1) * bins)))
  return { size, reach, centersHz, gains }
}

const filterHalf = (centerHz: number, rateHz: number): number => Math.round((2 * rateHz) / centerHz)

/**
 * The filter of a channel is a cosine of its center under a Nuttall window of 2 L + 1 points, L = round(2 fs / center).
 * It has no delay, so its spectrum is real; the inverse transform's scale is part of it. Source: Harvest, section 2.1.
 */
function writeGains(centerHz: number, rateHz: number, size: number, gains: Float64Array): void {
  const half = filterHalf(centerHz, rateHz)
  const window = nuttallWindow(2 * half + 1)
  const response = new Float64Array(size)
  for (let i = -half; i <= half; i++) {
    response[i < 0 ? size + i : i] = (window[half + i] * Math.cos((2 * Math.PI * centerHz * i) / rateHz)) / size
  }
  realFft(size).forward(response, gains, new Float64Array(gains.length))
}
