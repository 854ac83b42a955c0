import { complexForward, complexPlan } from '../transforms/complex-fft'
import { realForward, realPlan } from '../transforms/real-fft'
import { WorkSpace, reserve } from '../memory/work-space'
import { addEvents, areEnough, clearEvents, Events, frequencyAtFrames } from './events'
import { SignalStretch } from './signal-stretch'

/**
 * Harvest, section 2.1: band-pass channels, the frequency of each channel's output at every frame, and runs of channels
 * that agree. The twins are `world/harvest/band-filter.ts` and `candidates.ts`.
 */

@unmanaged
export class BandSpan extends SignalStretch {
  acceptedDeviation: f64 = 0
  shortestRun: i32 = 0
  slots: i32 = 0
  /** Frames x slots, ascending within a frame, 0 for an empty slot. */
  candidates: usize = 0
  /** Per frame: the mean frequency of one channel, the open run of channels, and the slots that are filled. */
  frequencies: usize = 0
  runSums: usize = 0
  runLengths: usize = 0
  filled: usize = 0
}

const spectraSpace = new WorkSpace()
const eventsSpace = new WorkSpace()
const framesSpace = new WorkSpace()
const candidatesSpace = new WorkSpace()
const eventsA: Events = new Events()
const eventsB: Events = new Events()

/** No candidates yet; to be called before the first `addChannels`. */
export function startRuns(span: BandSpan): void {
  const frames = <usize>span.frames
  const candidateBytes = (frames * <usize>span.slots) << 3
  span.candidates = reserve(candidatesSpace, candidateBytes)
  memory.fill(span.candidates, 0, candidateBytes)
  span.frequencies = reserve(framesSpace, 24 * frames)
  span.runSums = span.frequencies + (frames << 3)
  span.runLengths = span.runSums + (frames << 3)
  span.filled = span.runLengths + (frames << 2)
  memory.fill(span.runSums, 0, frames << 4)
}

/**
 * Channels of ascending centers that share a transform size: `gains` has a row of size / 2 + 1 gains for each, the
 * filters reach `reach` samples to either side.
 */
export function addChannels(
  span: BandSpan,
  size: i32,
  reach: i32,
  channels: i32,
  centersHz: usize,
  gains: usize,
): void {
  const hop = size - 2 * reach
  const bins = (<usize>(size / 2 + 1)) << 3
  const blocks = (span.length + hop - 1) / hop
  const spectra = transformBlocks(span, size, reach, blocks)
  const capacity = span.length + 1
  const events = reserve(eventsSpace, (<usize>capacity) << 6)
  for (let channel = 0; channel < channels; channel += 2) {
    const partner = min(channel + 1, channels - 1)
    clearEvents(eventsA, events, capacity)
    clearEvents(eventsB, events + ((<usize>capacity) << 5), capacity)
    const gainsA = gains + <usize>channel * bins
    const gainsB = gains + <usize>partner * bins
    for (let b = 0; b < blocks; b++) {
      const spectrum = spectra + 2 * <usize>b * bins
      filterPair(size, spectrum, gainsA, gainsB)
      const at = b * hop
      const count = min(hop, span.length - at)
      const origin = <f64>(span.origin + at)
      addEvents(eventsA, outputA(size) + ((<usize>reach) << 3), count, origin)
      addEvents(eventsB, outputB(size) + ((<usize>reach) << 3), count, origin)
    }
    addRuns(span, eventsA, load<f64>(centersHz + ((<usize>channel) << 3)))
    if (partner != channel) addRuns(span, eventsB, load<f64>(centersHz + ((<usize>partner) << 3)))
  }
}

/** Half spectra of the blocks, re and im in turn. */
function transformBlocks(span: BandSpan, size: i32, reach: i32, blocks: i32): usize {
  const hop = (<usize>(size - 2 * reach)) << 3
  const bins = (<usize>(size / 2 + 1)) << 3
  const plan = realPlan(size)
  const signal = span.padded + ((<usize>(span.reach - reach)) << 3)
  const spectra = reserve(spectraSpace, 2 * <usize>blocks * bins)
  for (let b: usize = 0; b < <usize>blocks; b++) {
    const re = spectra + 2 * b * bins
    realForward(plan, signal + b * hop, re, re + bins)
  }
  return spectra
}

/** One transform back gives two channels: its real part is the output of A, its imaginary part that of B. */
function filterPair(size: i32, spectrum: usize, gainsA: usize, gainsB: usize): void {
  const plan = complexPlan(size)
  const bins = (<usize>(size / 2 + 1)) << 3
  // The plan's second work arrays are free until the first pass has read its input.
  shapeSpectrum(size, spectrum, spectrum + bins, gainsA, gainsB, plan.reB, plan.imB)
  // Parts exchanged at both ends: the forward transform then inverts.
  complexForward(plan, plan.imB, plan.reB, outputB(size), outputA(size))
}

const outputs: usize = memory.data(128)

/** Per size two rows of outputs, with two places before each. */
function outputA(size: i32): usize {
  const place = outputs + ((<usize>(31 - clz(size))) << 2)
  const known = load<usize>(place)
  if (known != 0) return known
  const created = heap.alloc((<usize>(2 * size + 4)) << 3) + 16
  store<usize>(place, created)
  return created
}

function outputB(size: i32): usize {
  return outputA(size) + ((<usize>(size + 2)) << 3)
}

/** X (A + iB) for a real signal's half spectrum X and real gains, all `size` bins. */
function shapeSpectrum(
  size: i32,
  re: usize,
  im: usize,
  gainsA: usize,
  gainsB: usize,
  workRe: usize,
  workIm: usize,
): void {
  const half = (<usize>(size >> 1)) << 3
  const end = (<usize>size) << 3
  store<f64>(workRe, load<f64>(re) * load<f64>(gainsA))
  store<f64>(workIm, load<f64>(re) * load<f64>(gainsB))
  store<f64>(workRe + half, load<f64>(re + half) * load<f64>(gainsA + half))
  store<f64>(workIm + half, load<f64>(re + half) * load<f64>(gainsB + half))
  for (let k: usize = 8, j = end - 16; k < half; k += 16, j -= 16) {
    const xRe = v128.load(re + k)
    const xIm = v128.load(im + k)
    const a = v128.load(gainsA + k)
    const b = v128.load(gainsB + k)
    const reA = f64x2.mul(xRe, a)
    const imA = f64x2.mul(xIm, a)
    const reB = f64x2.mul(xRe, b)
    const imB = f64x2.mul(xIm, b)
    // The last pair reaches the middle bin, whose imaginary part is 0: both ways agree there.
    v128.store(workRe + k, f64x2.sub(reA, imB))
    v128.store(workIm + k, f64x2.add(reB, imA))
    v128.store(workRe + j, swapped(f64x2.add(reA, imB)))
    v128.store(workIm + j, swapped(f64x2.sub(reB, imA)))
  }
}

function swapped(a: v128): v128 {
  return v128.shuffle<f64>(a, a, 1, 0)
}

/** One channel's frequencies, and what they do to each frame's run of agreeing channels. */
function addRuns(span: BandSpan, events: Events, centerHz: f64): void {
  const frames = span.frames
  const frequencies = span.frequencies
  if (areEnough(events)) {
    addSeries(span, events.falling, events.fallingEnd, false)
    addSeries(span, events.rising, events.risingEnd, true)
    addSeries(span, events.peaks, events.peaksEnd, true)
    addSeries(span, events.dips, events.dipsEnd, true)
  } else memory.fill(frequencies, 0, (<usize>frames) << 3)
  const low = Math.max(centerHz * (1 - span.acceptedDeviation), span.f0FloorHz)
  const high = Math.min(centerHz * (1 + span.acceptedDeviation), span.f0CeilHz)
  for (let i = 0; i < frames; i++) {
    const mean = load<f64>(frequencies + ((<usize>i) << 3)) / 4
    const lengthAt = span.runLengths + ((<usize>i) << 2)
    const length = load<i32>(lengthAt)
    if (mean >= low && mean <= high) {
      const sumAt = span.runSums + ((<usize>i) << 3)
      store<i32>(lengthAt, length + 1)
      store<f64>(sumAt, load<f64>(sumAt) + mean)
    } else if (length > 0) closeRun(span, i)
  }
}

function addSeries(span: BandSpan, positions: usize, end: usize, isAdded: bool): void {
  frequencyAtFrames(positions, end, span.fs, span.spacing, span.firstFrame, span.frames, span.frequencies, isAdded)
}

function closeRun(span: BandSpan, frame: i32): void {
  const lengthAt = span.runLengths + ((<usize>frame) << 2)
  const sumAt = span.runSums + ((<usize>frame) << 3)
  const length = load<i32>(lengthAt)
  if (length >= span.shortestRun) {
    const filledAt = span.filled + ((<usize>frame) << 2)
    const slot = load<i32>(filledAt)
    store<f64>(span.candidates + ((<usize>(frame * span.slots + slot)) << 3), load<f64>(sumAt) / <f64>length)
    store<i32>(filledAt, slot + 1)
  }
  store<i32>(lengthAt, 0)
  store<f64>(sumAt, 0)
}

export function finishRuns(span: BandSpan): void {
  for (let i = 0; i < span.frames; i++) {
    if (load<i32>(span.runLengths + ((<usize>i) << 2)) > 0) closeRun(span, i)
  }
}
