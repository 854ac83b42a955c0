import { expOf } from './numbers/elementary'
import { RealPlan, realForward, realInverse, realPlan } from './transforms/real-fft'

/** Short-time spectra times a gain per frame; the twin is `conversion/filter-frames.ts`. One shape at a time. */

@unmanaged
class Shape {
  constructor(
    public size: i32,
    public width: i32,
    public real: RealPlan,
    public hann: usize,
    public bandCount: i32,
    /** Per bin the band to its left (i32) and the share of the band to its right (f64). */
    public lefts: usize,
    public shares: usize,
    /** From this bin on the gain is that of the last band. */
    public lastBin: i32,
    public greatestChange: f64,
    public leastScale: f64,
    public greatestScale: f64,
    public energyFloor: f64,
  ) {
    const bytes = (<usize>size + 4) << 3
    this.frame = heap.alloc(bytes)
    this.gain = heap.alloc(bytes)
  }
  frame: usize = 0
  gain: usize = 0
}

let current: Shape | null = null

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

export function start(
  size: i32,
  width: i32,
  hann: usize,
  bandCount: i32,
  lefts: usize,
  shares: usize,
  lastBin: i32,
  greatestChange: f64,
  leastScale: f64,
  greatestScale: f64,
  energyFloor: f64,
): void {
  const real = realPlan(size)
  current = new Shape(
    size,
    width,
    real,
    hann,
    bandCount,
    lefts,
    shares,
    lastBin,
    greatestChange,
    leastScale,
    greatestScale,
    energyFloor,
  )
}

/**
 * `signals` are `channelCount` rows of `signalStride` f64, the first sample of a frame's window of `width` at
 * `signalStarts` (i32 per frame); its `size` filtered samples are added to the rows `outputs` of `outputStride` f64 at
 * `outputStarts`, and its window to `windowSum`. `differences` are rows of bands, `levels` a factor per frame.
 * `spectra` has room for a pair of half spectra per channel.
 */
export function filter(
  signals: usize,
  signalStride: i32,
  signalStarts: usize,
  channelCount: i32,
  differences: usize,
  levels: usize,
  keepsEnergy: bool,
  frameCount: i32,
  spectra: usize,
  outputs: usize,
  outputStride: i32,
  outputStarts: usize,
  windowSum: usize,
): void {
  const shape = current!
  const bandBytes = (<usize>shape.bandCount) << 3
  const spectrumBytes = (<usize>((shape.size >> 1) + 2)) << 3
  const signalBytes = (<usize>signalStride) << 3
  const outputBytes = (<usize>outputStride) << 3
  const margin = (<usize>((shape.size - shape.width) >> 1)) << 3
  for (let index: usize = 0; index < <usize>frameCount; index++) {
    loadGain(shape, differences + index * bandBytes)
    const from = (<usize>load<i32>(signalStarts + (index << 2))) << 3
    let before: f64 = 0
    let after: f64 = 0
    for (let channel: usize = 0; channel < <usize>channelCount; channel++) {
      const re = spectra + 2 * channel * spectrumBytes
      const im = re + spectrumBytes
      loadFrame(shape, signals + channel * signalBytes + from)
      realForward(shape.real, shape.frame, re, im)
      before += energy(re, im, shape.size >> 1)
      scale(re, im, shape.gain, shape.size >> 1)
      after += energy(re, im, shape.size >> 1)
    }
    let factor = load<f64>(levels + (index << 3))
    if (keepsEnergy) {
      const matched = Math.sqrt((before + shape.energyFloor) / (after + shape.energyFloor))
      factor *= Math.min(Math.max(matched, shape.leastScale), shape.greatestScale)
    }
    const to = (<usize>load<i32>(outputStarts + (index << 2))) << 3
    for (let channel: usize = 0; channel < <usize>channelCount; channel++) {
      const re = spectra + 2 * channel * spectrumBytes
      realInverse(shape.real, re, re + spectrumBytes, shape.frame)
      addScaled(shape.frame, factor, outputs + channel * outputBytes + to, shape.size)
    }
    addScaled(shape.hann, 1, windowSum + to + margin, shape.width)
  }
}

/** output /= max(windowSum, least), sample by sample. */
export function divide(output: usize, windowSum: usize, least: f64, count: i32): void {
  const floor = f64x2.splat(least)
  const even = (<usize>(count & ~1)) << 3
  for (let at: usize = 0; at < even; at += 16) {
    const sum = f64x2.pmax(floor, v128.load(windowSum + at))
    v128.store(output + at, f64x2.div(v128.load(output + at), sum))
  }
  if ((count & 1) == 1) {
    store<f64>(output + even, load<f64>(output + even) / Math.max(load<f64>(windowSum + even), least))
  }
}

function loadGain(shape: Shape, difference: usize): void {
  const gain = shape.gain
  const bins = (shape.size >> 1) + 1
  const one = f64x2.splat(1)
  const half = f64x2.splat(0.5)
  const most = f64x2.splat(shape.greatestChange)
  const least = f64x2.neg(most)
  const changing = (shape.lastBin + 1) & ~1
  for (let bin = 0; bin < changing; bin += 2) {
    const bands = difference + ((<usize>load<i32>(shape.lefts + ((<usize>bin) << 2))) << 3)
    const nextBands = difference + ((<usize>load<i32>(shape.lefts + ((<usize>bin) << 2), 4)) << 3)
    const left = f64x2.replace_lane(v128.load64_splat(bands), 1, load<f64>(nextBands))
    const right = f64x2.replace_lane(v128.load64_splat(bands, 8), 1, load<f64>(nextBands, 8))
    const share = v128.load(shape.shares + ((<usize>bin) << 3))
    const d = f64x2.add(f64x2.mul(left, f64x2.sub(one, share)), f64x2.mul(right, share))
    const held = f64x2.pmin(most, f64x2.pmax(least, d))
    v128.store(gain + ((<usize>bin) << 3), expOf(f64x2.mul(half, held)))
  }
  const last = load<f64>(difference + ((<usize>(shape.bandCount - 1)) << 3))
  const held = Math.min(Math.max(last, -shape.greatestChange), shape.greatestChange)
  const highest = expOf(f64x2.splat(0.5 * held))
  for (let bin = changing; bin < bins; bin += 2) v128.store(gain + ((<usize>bin) << 3), highest)
}

function loadFrame(shape: Shape, signal: usize): void {
  const frame = shape.frame
  const margin = (<usize>((shape.size - shape.width) >> 1)) << 3
  const width = (<usize>shape.width) << 3
  memory.fill(frame, 0, margin)
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(frame + margin + at, f64x2.mul(v128.load(signal + at), v128.load(shape.hann + at)))
  }
  memory.fill(frame + margin + width, 0, ((<usize>shape.size) << 3) - margin - width)
}

function energy(re: usize, im: usize, half: i32): f64 {
  const end = (<usize>half) << 3
  let sum = f64x2.splat(0)
  for (let at: usize = 0; at < end; at += 16) {
    const r = v128.load(re + at)
    const m = v128.load(im + at)
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(r, r), f64x2.mul(m, m)))
  }
  const last = load<f64>(re + end)
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + last * last
}

function scale(re: usize, im: usize, gain: usize, half: i32): void {
  const end = (<usize>half) << 3
  for (let at: usize = 0; at < end; at += 16) {
    const g = v128.load(gain + at)
    v128.store(re + at, f64x2.mul(v128.load(re + at), g))
    v128.store(im + at, f64x2.mul(v128.load(im + at), g))
  }
  store<f64>(re + end, load<f64>(re + end) * load<f64>(gain + end))
}

function addScaled(values: usize, factor: f64, output: usize, count: i32): void {
  const factors = f64x2.splat(factor)
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
    v128.store(output + at, f64x2.add(v128.load(output + at), f64x2.mul(factors, v128.load(values + at))))
  }
}
