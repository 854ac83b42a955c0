import { Room, reserve } from '../common/room'
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
  /** Frames + 1 offsets (i32) into the lists; the lists grow with the room. */
  offsets: usize = 0
  f0: usize = 0
  scores: usize = 0
}

/** What one window and one set of bins said, for all candidates of a frame that share them. */
@unmanaged
class Measurement {
  half: i32 = 0
  harmonics: i32 = 0
  f0: f64 = 0
  bins: usize = 0
  perHarmonicHz: usize = 0
}

const offsetsRoom = new Room()
const listRoom = new Room()
const meters: usize = memory.data(4 * 4096)
const bins: usize = memory.data(32)
const measurements: usize = memory.data(4 * 1024)

/** Refines all frames; lists of f0 and scores lie one after the other, `capacity` places each. */
export function refineFrames(span: RefineSpan): void {
  const frames = <usize>(span.endFrame - span.firstFrame)
  const most = <usize>((2 * span.neighborFrames + 1) * span.slots)
  span.offsets = reserve(offsetsRoom, (frames + 1) << 2)
  let capacity = countCandidates(span) * (2 * span.neighborFrames + 1) + <i32>most
  span.f0 = reserve(listRoom, (<usize>capacity) << 4)
  span.scores = span.f0 + ((<usize>capacity) << 3)
  let kept = 0
  store<i32>(span.offsets, 0)
  for (let frame = span.firstFrame; frame < span.endFrame; frame++) {
    kept = refineFrame(span, frame, kept)
    store<i32>(span.offsets + ((<usize>(frame - span.firstFrame + 1)) << 2), kept)
  }
}

function countCandidates(span: RefineSpan): i32 {
  const end = span.raw + ((<usize>((span.rawEnd - span.rawFirst) * span.slots)) << 3)
  let count = 0
  for (let at = span.raw; at < end; at += 8) if (load<f64>(at) > 0) count++
  return count
}

let used: i32 = 0
let placedHalf: i32 = 0
let position: f64 = 0

/** The frame's own candidates, then those of the frames before, then those of the frames after. */
function refineFrame(span: RefineSpan, frame: i32, kept: i32): i32 {
  used = 0
  placedHalf = 0
  position = (<f64>frame * span.fs) / span.framesPerSec
  const start = kept
  kept = refineFrom(span, frame, start, kept)
  for (let n = 1; n <= span.neighborFrames; n++) kept = refineFrom(span, frame - n, start, kept)
  for (let n = 1; n <= span.neighborFrames; n++) kept = refineFrom(span, frame + n, start, kept)
  return kept
}

function refineFrom(span: RefineSpan, from: i32, start: i32, kept: i32): i32 {
  if (from < span.rawFirst || from >= span.rawEnd) return kept
  let at = span.raw + ((<usize>((from - span.rawFirst) * span.slots)) << 3)
  for (const end = at + ((<usize>span.slots) << 3); at < end; at += 8) {
    const f0 = load<f64>(at)
    if (f0 == 0) break
    const measured = measurementOf(span, f0)
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
  let deviation: f64 = 0
  for (let h = 0; h < measured.harmonics; h++) {
    deviation += Math.abs((load<f64>(measured.perHarmonicHz + ((<usize>h) << 3)) - f0) / f0)
  }
  return 1 / (deviation / <f64>measured.harmonics + span.safeguard)
}

/** The frame's measurement with the window and the bins of `f0`, made when first asked for. */
function measurementOf(span: RefineSpan, f0: f64): Measurement {
  const half = <i32>Math.floor((1.5 * span.fs) / f0 + 1)
  const meter = meterOf(half)
  const harmonics = min(<i32>Math.floor(span.highestHarmonicHz / f0), mostHarmonics)
  const perHarmonic = (f0 * <f64>meter.fftSize) / span.fs
  for (let h = 0; h < harmonics; h++) {
    store<i32>(bins + ((<usize>h) << 2), <i32>Math.floor(perHarmonic * <f64>(h + 1) + 0.5))
  }
  for (let i = 0; i < used; i++) {
    const known = measurementAt(i)
    if (known.half == half && known.harmonics == harmonics && hasBins(known)) return known
  }
  const created = measurementAt(used++)
  makeMeasurement(span, meter, created, harmonics)
  return created
}

function hasBins(known: Measurement): bool {
  const bytes = (<usize>known.harmonics) << 2
  for (let at: usize = 0; at < bytes; at += 4) if (load<i32>(known.bins + at) != load<i32>(bins + at)) return false
  return true
}

function makeMeasurement(span: RefineSpan, meter: Meter, target: Measurement, harmonics: i32): void {
  const half = meter.half
  if (placedHalf != half) {
    const first = <i32>Math.floor(position - <f64>half + span.roundingBias + 0.5) - 1
    shape(meter, <f64>(first + half) - position)
    fold(meter, span.signal + ((<usize>(first + half)) << 3))
    placedHalf = half
  }
  measure(meter, span.fs, bins, harmonics)
  target.half = half
  target.harmonics = harmonics
  memory.copy(target.bins, bins, (<usize>harmonics) << 2)
  let weighted: f64 = 0
  let weights: f64 = 0
  for (let h = 0; h < harmonics; h++) {
    const at = (<usize>h) << 3
    const amplitude = load<f64>(meter.amplitudes + at)
    const frequencyHz = load<f64>(meter.frequenciesHz + at)
    const multiple = <f64>(h + 1)
    store<f64>(target.perHarmonicHz + at, frequencyHz / multiple)
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
  created.bins = heap.alloc((<usize>mostHarmonics) << 2)
  created.perHarmonicHz = heap.alloc((<usize>mostHarmonics) << 3)
  store<usize>(place, changetype<usize>(created))
  return created
}
