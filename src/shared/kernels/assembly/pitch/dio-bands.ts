import { realForward, realInverse, realPlan } from '../transforms/real-fft'
import { WorkSpace, reserve } from '../memory/work-space'
import { addEvents, areEnough, clearEvents, Events, frequencyAtFrames } from './events'
import { SignalStretch } from './signal-stretch'

/** DIO's bands: what each low-passed signal says of the pitch. The twin is `world/dio/candidates.ts`. */

const spectraSpace = new WorkSpace()
const eventsSpace = new WorkSpace()
const framesSpace = new WorkSpace()
const productSpace = new WorkSpace()
const outputSpace = new WorkSpace()
const events = new Events()

@unmanaged
export class DioSpan extends SignalStretch {
  size: i32 = 0
  unknownScore: f64 = 0
  safeguard: f64 = 0
}

/**
 * Frequencies (0 for none) and scores, a row of `frames` for each band. `gainsRe` and `gainsIm` have a row of
 * size / 2 + 1 for each band.
 */
export function searchBands(
  span: DioSpan,
  bands: i32,
  boundariesHz: usize,
  gainsRe: usize,
  gainsIm: usize,
  f0: usize,
  scores: usize,
): void {
  const hop = span.size - 2 * span.reach
  const blocks = (span.length + hop - 1) / hop
  const bins = (<usize>(span.size / 2 + 1)) << 3
  const spectra = transformBlocks(span, hop, blocks)
  const capacity = span.length + 1
  const positions = reserve(eventsSpace, (<usize>capacity) << 5)
  const row = (<usize>span.frames) << 3
  for (let band: usize = 0; band < <usize>bands; band++) {
    clearEvents(events, positions, capacity)
    filterBand(span, spectra, blocks, gainsRe + band * bins, gainsIm + band * bins)
    measureBand(span, load<f64>(boundariesHz + (band << 3)), f0 + band * row, scores + band * row)
  }
}

function transformBlocks(span: DioSpan, hop: i32, blocks: i32): usize {
  const bins = (<usize>(span.size / 2 + 1)) << 3
  const plan = realPlan(span.size)
  const spectra = reserve(spectraSpace, 2 * <usize>blocks * bins)
  for (let b: usize = 0; b < <usize>blocks; b++) {
    const re = spectra + 2 * b * bins
    realForward(plan, span.padded + ((b * <usize>hop) << 3), re, re + bins)
  }
  return spectra
}

function filterBand(span: DioSpan, spectra: usize, blocks: i32, gainsRe: usize, gainsIm: usize): void {
  const size = span.size
  const hop = size - 2 * span.reach
  const count = size / 2 + 1
  const bins = (<usize>count) << 3
  const plan = realPlan(size)
  const re = reserve(productSpace, 2 * bins + 16)
  const im = re + bins
  // Two places before the outputs are the events' own.
  const output = reserve(outputSpace, (<usize>(size + 2)) << 3) + 16
  for (let b = 0; b < blocks; b++) {
    const spectrum = spectra + 2 * <usize>b * bins
    multiply(count, spectrum, spectrum + bins, gainsRe, gainsIm, re, im)
    realInverse(plan, re, im, output)
    const at = b * hop
    addEvents(events, output + ((<usize>span.reach) << 3), min(hop, span.length - at), <f64>(span.origin + at))
  }
}

function multiply(count: i32, re: usize, im: usize, gainsRe: usize, gainsIm: usize, outRe: usize, outIm: usize): void {
  const end = (<usize>count) << 3
  for (let k: usize = 0; k < end; k += 8) {
    const a = load<f64>(re + k)
    const b = load<f64>(im + k)
    const c = load<f64>(gainsRe + k)
    const d = load<f64>(gainsIm + k)
    store<f64>(outRe + k, a * c - b * d)
    store<f64>(outIm + k, a * d + b * c)
  }
}

function measureBand(span: DioSpan, boundaryHz: f64, f0: usize, scores: usize): void {
  const row = (<usize>span.frames) << 3
  memory.fill(f0, 0, row)
  for (let at: usize = 0; at < row; at += 8) store<f64>(scores + at, span.unknownScore)
  if (!areEnough(events)) return
  const measured = reserve(framesSpace, 4 * row)
  readSeries(span, events.falling, events.fallingEnd, measured)
  readSeries(span, events.rising, events.risingEnd, measured + row)
  readSeries(span, events.peaks, events.peaksEnd, measured + 2 * row)
  readSeries(span, events.dips, events.dipsEnd, measured + 3 * row)
  const low = Math.max(boundaryHz / 2, span.f0FloorHz)
  const high = Math.min(boundaryHz, span.f0CeilHz)
  for (let at: usize = 0; at < row; at += 8) {
    const a = load<f64>(measured + at)
    const b = load<f64>(measured + row + at)
    const c = load<f64>(measured + 2 * row + at)
    const d = load<f64>(measured + 3 * row + at)
    const mean = (a + b + c + d) / 4
    if (!(mean >= low && mean <= high)) continue
    const squares =
      (a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean) + (d - mean) * (d - mean)
    store<f64>(f0 + at, mean)
    store<f64>(scores + at, Math.sqrt(squares / 3) / (mean + span.safeguard))
  }
}

function readSeries(span: DioSpan, positions: usize, end: usize, output: usize): void {
  frequencyAtFrames(positions, end, span.fs, span.spacing, span.firstFrame, span.frames, output, false)
}
