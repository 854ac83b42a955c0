import { WorkSpace, reserve } from '../memory/work-space'
import { createMeter, fold, measure, Meter, mostHarmonics, shape } from './frequency-meter'

/** Harvest, section 2.2: every candidate becomes what its harmonics say. The twin is `world/harvest/refine.ts`. */

@unmanaged
export class RefineSpan {
  /** Where sample 0 of the signal lies or would lie; its edges are held beyond either end. */
  signal: usize = 0
  fs: f64 = 0
  framesPerSec: f64 = 0
  /** Frames to refine; `raw` holds those from rawFirst to rawEnd - 1. */
  firstFrame: i32 = 0
  endFrame: i32 = 0
  raw: usize = 0
  rawFirst: i32 = 0
  rawEnd: i32 = 0
  slots: i32 = 0
  neighborFrames: i32 = 0
  f0FloorHz: f64 = 0
  f0CeilHz: f64 = 0
  highestHarmonicHz: f64 = 0
  lowestScore: f64 = 0
  roundingBias: f64 = 0
  safeguard: f64 = 0
  /** Frames + 1 offsets (i32) into the lists; the lists grow with the work space. */
  offsets: usize = 0
  f0: usize = 0
  scores: usize = 0
}

/** What one window and one set of bins said, for all candidates of a frame that share them. */
@unmanaged
class Measurement {
  half: i32 = 0
  bins: u64 = 0
  f0: f64 = 0
  perHarmonicHz: usize = 0
}

/** Six bins of so many bits, and above them how many of the six count: bins lie under 128 up to half the rate. */
const binBits: u64 = 10
const binMask: u64 = 1023

const offsetsSpace = new WorkSpace()
const listSpace = new WorkSpace()
const plansSpace = new WorkSpace()
const meters: usize = memory.data(4 * 4096)
const wantedBins: usize = memory.data(32)
const measurements: usize = memory.data(4 * 1024)

/** Refines all frames; lists of f0 and scores lie one after the other, `capacity` places each. */
export function refineFrames(span: RefineSpan): void {
  const frames = <usize>(span.endFrame - span.firstFrame)
  const lenders = 2 * span.neighborFrames + 1
  span.offsets = reserve(offsetsSpace, (frames + 1) << 2)
  const capacity = <usize>((planMeasurements(span) + span.slots) * lenders)
  span.f0 = reserve(listSpace, capacity << 4)
  span.scores = span.f0 + (capacity << 3)
  let kept = 0
  store<i32>(span.offsets, 0)
  for (let frame = span.firstFrame; frame < span.endFrame; frame++) {
    kept = refineFrame(span, frame, kept)
    store<i32>(span.offsets + ((<usize>(frame - span.firstFrame + 1)) << 2), kept)
  }
}

/** Window and bins of every raw candidate: bins as 64-bit numbers, then half windows. */
let plannedBins: usize = 0
let plannedHalves: usize = 0

/** Fills the plans, and returns how many candidates there are. */
function planMeasurements(span: RefineSpan): i32 {
  const places = <usize>((span.rawEnd - span.rawFirst) * span.slots)
  plannedBins = reserve(plansSpace, 12 * places)
  plannedHalves = plannedBins + (places << 3)
  let count = 0
  for (let place: usize = 0; place < places; place++) {
    const f0 = load<f64>(span.raw + (place << 3))
    if (f0 == 0) continue
    count++
    const half = <i32>Math.floor((1.5 * span.fs) / f0 + 1)
    store<i32>(plannedHalves + (place << 2), half)
    store<u64>(plannedBins + (place << 3), binsOf(span, f0, meterOf(half).fftSize))
  }
  return count
}

function binsOf(span: RefineSpan, f0: f64, fftSize: i32): u64 {
  const harmonics = min(<i32>Math.floor(span.highestHarmonicHz / f0), mostHarmonics)
  const perHarmonic = (f0 * <f64>fftSize) / span.fs
  let bins = (<u64>harmonics) << (binBits * <u64>mostHarmonics)
  for (let h = 0; h < harmonics; h++) {
    const bin = <u64>Math.floor(perHarmonic * <f64>(h + 1) + 0.5)
    bins |= (bin & binMask) << (binBits * <u64>h)
  }
  return bins
}

let used: i32 = 0
let visit: i32 = 0
let position: f64 = 0

/** The frame's own candidates, then those of the frames before, then those of the frames after. */
function refineFrame(span: RefineSpan, frame: i32, kept: i32): i32 {
  used = 0
  visit++
  position = (<f64>frame * span.fs) / span.framesPerSec
  const start = kept
  kept = refineFrom(span, frame, start, kept)
  for (let n = 1; n <= span.neighborFrames; n++) kept = refineFrom(span, frame - n, start, kept)
  for (let n = 1; n <= span.neighborFrames; n++) kept = refineFrom(span, frame + n, start, kept)
  return kept
}

function refineFrom(span: RefineSpan, from: i32, start: i32, kept: i32): i32 {
  if (from < span.rawFirst || from >= span.rawEnd) return kept
  const first = <usize>((from - span.rawFirst) * span.slots)
  for (let place = first; place < first + <usize>span.slots; place++) {
    const f0 = load<f64>(span.raw + (place << 3))
    if (f0 == 0) break
    const half = load<i32>(plannedHalves + (place << 2))
    const measured = measurementOf(span, half, load<u64>(plannedBins + (place << 3)))
    const score = agreement(span, measured, f0)
    if (measured.f0 >= span.f0FloorHz && measured.f0 <= span.f0CeilHz && score >= span.lowestScore) {
      kept = addCandidate(span, start, kept, measured.f0, score)
    }
  }
  return kept
}

/** A frequency that the frame already has only raises that one's score. */
function addCandidate(span: RefineSpan, start: i32, kept: i32, f0: f64, score: f64): i32 {
  for (let i = start; i < kept; i++) {
    if (load<f64>(span.f0 + ((<usize>i) << 3)) != f0) continue
    const at = span.scores + ((<usize>i) << 3)
    if (load<f64>(at) < score) store<f64>(at, score)
    return kept
  }
  store<f64>(span.f0 + ((<usize>kept) << 3), f0)
  store<f64>(span.scores + ((<usize>kept) << 3), score)
  return kept + 1
}

function agreement(span: RefineSpan, measured: Measurement, f0: f64): f64 {
  const harmonics = harmonicsOf(measured.bins)
  let deviation: f64 = 0
  for (let h = 0; h < harmonics; h++) {
    deviation += Math.abs((load<f64>(measured.perHarmonicHz + ((<usize>h) << 3)) - f0) / f0)
  }
  return 1 / (deviation / <f64>harmonics + span.safeguard)
}

function harmonicsOf(bins: u64): i32 {
  return <i32>(bins >> (binBits * <u64>mostHarmonics))
}

/** The frame's measurement with one window and these bins, made when first asked for. */
function measurementOf(span: RefineSpan, half: i32, bins: u64): Measurement {
  for (let i = 0; i < used; i++) {
    const known = measurementAt(i)
    if (known.bins == bins && known.half == half) return known
  }
  const created = measurementAt(used++)
  created.half = half
  created.bins = bins
  makeMeasurement(span, meterOf(half), created)
  return created
}

function makeMeasurement(span: RefineSpan, meter: Meter, target: Measurement): void {
  if (meter.visit != visit) {
    const first = <i32>Math.floor(position - <f64>meter.half + span.roundingBias + 0.5) - 1
    const middle = first + meter.half
    shape(meter, <f64>middle - position)
    fold(meter, span.signal + ((<usize>middle) << 3))
    meter.visit = visit
  }
  const harmonics = harmonicsOf(target.bins)
  for (let h = 0; h < harmonics; h++) {
    store<i32>(wantedBins + ((<usize>h) << 2), <i32>((target.bins >> (binBits * <u64>h)) & binMask))
  }
  measure(meter, span.fs, wantedBins, harmonics)
  let weighted: f64 = 0
  let weights: f64 = 0
  for (let h = 0; h < harmonics; h++) {
    const binAt = (<usize>load<i32>(wantedBins + ((<usize>h) << 2))) << 3
    const amplitude = load<f64>(meter.amplitudes + binAt)
    const frequencyHz = load<f64>(meter.frequenciesHz + binAt)
    const multiple = <f64>(h + 1)
    store<f64>(target.perHarmonicHz + ((<usize>h) << 3), frequencyHz / multiple)
    weighted += amplitude * frequencyHz
    weights += amplitude * multiple
  }
  target.f0 = weighted / (weights + span.safeguard)
}

/** Windows of one length are shaped anew only where a frame lies differently between two samples. */
function meterOf(half: i32): Meter {
  const place = meters + ((<usize>half) << 2)
  const known = load<usize>(place)
  if (known != 0) return changetype<Meter>(known)
  const created = createMeter(half)
  store<usize>(place, changetype<usize>(created))
  return created
}

function measurementAt(index: i32): Measurement {
  const place = measurements + ((<usize>index) << 2)
  const known = load<usize>(place)
  if (known != 0) return changetype<Measurement>(known)
  const created = new Measurement()
  created.perHarmonicHz = heap.alloc((<usize>mostHarmonics) << 3)
  store<usize>(place, changetype<usize>(created))
  return created
}
