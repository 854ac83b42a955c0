/**
 * The events that DIO and Harvest measure periods between: falling and rising zero crossings, peaks and dips of a
 * band-passed signal. The twin is `world/crossings.ts`.
 */
@unmanaged
export class Events {
  /** Positions in samples, ascending, f64; each series ends where the next event goes. */
  falling: usize = 0
  rising: usize = 0
  peaks: usize = 0
  dips: usize = 0
  fallingEnd: usize = 0
  risingEnd: usize = 0
  peaksEnd: usize = 0
  dipsEnd: usize = 0
  /** The last two samples of the block before. */
  previous: f64 = 0
  beforePrevious: f64 = 0
  isStarted: bool = false
}

/** An empty list whose four series have `capacity` places each at `space`. */
export function clearEvents(events: Events, space: usize, capacity: i32): void {
  const bytes = (<usize>capacity) << 3
  events.falling = space
  events.rising = space + bytes
  events.peaks = space + 2 * bytes
  events.dips = space + 3 * bytes
  events.fallingEnd = events.falling
  events.risingEnd = events.rising
  events.peaksEnd = events.peaks
  events.dipsEnd = events.dips
  events.isStarted = false
}

/** Every series needs more than two intervals to say anything. */
export function areEnough(events: Events): bool {
  return (
    countOf(events.falling, events.fallingEnd) > 3 &&
    countOf(events.rising, events.risingEnd) > 3 &&
    countOf(events.peaks, events.peaksEnd) > 3 &&
    countOf(events.dips, events.dipsEnd) > 3
  )
}

function countOf(start: usize, end: usize): i32 {
  return <i32>((end - start) >> 3)
}

/**
 * Adds the events of `count` more samples, the first of which has the index `origin`. The two places before `samples`
 * are written to: there the end of the block before is laid, so that samples pass four at a time,
 * and only those where something changes its sign are looked at.
 */
export function addEvents(events: Events, samples: usize, count: i32, origin: f64): void {
  let i = 0
  if (events.isStarted) {
    store<f64>(samples - 16, events.beforePrevious)
    store<f64>(samples - 8, events.previous)
  } else {
    // A slope of 0 before the first sample makes no event of it.
    events.isStarted = true
    const first = load<f64>(samples)
    store<f64>(samples - 8, first)
    if (count > 1) addSample(events, first, first, load<f64>(samples + 8), origin + 1)
    i = 2
  }
  const zero = f64x2.splat(0)
  for (; i + 4 <= count; i += 4) {
    const at = samples + ((<usize>i) << 3)
    const a2 = v128.load(at - 16)
    const a1 = v128.load(at - 8)
    const a0 = v128.load(at)
    const b1 = v128.load(at + 8)
    const b0 = v128.load(at + 16)
    const slopeA = f64x2.sub(a0, a1)
    const slopeB = f64x2.sub(b0, b1)
    const steadyA = v128.and(f64x2.gt(f64x2.mul(a0, a1), zero), f64x2.gt(f64x2.mul(slopeA, f64x2.sub(a1, a2)), zero))
    const steadyB = v128.and(f64x2.gt(f64x2.mul(b0, b1), zero), f64x2.gt(f64x2.mul(slopeB, f64x2.sub(b1, a0)), zero))
    let eventful = 15 ^ (i64x2.bitmask(steadyA) | (i64x2.bitmask(steadyB) << 2))
    while (eventful != 0) {
      addSampleAt(events, samples, i + ctz(eventful), origin)
      eventful &= eventful - 1
    }
  }
  for (; i < count; i++) addSampleAt(events, samples, i, origin)
  const last = samples + ((<usize>count) << 3)
  events.previous = load<f64>(last - 8)
  events.beforePrevious = load<f64>(last - 16)
}

function addSampleAt(events: Events, samples: usize, i: i32, origin: f64): void {
  const at = samples + ((<usize>i) << 3)
  addSample(events, load<f64>(at - 16), load<f64>(at - 8), load<f64>(at), origin + <f64>i)
}

function addSample(events: Events, beforePrevious: f64, previous: f64, current: f64, index: f64): void {
  const slope = current - previous
  const previousSlope = previous - beforePrevious
  if (previous > 0 && current <= 0) {
    store<f64>(events.fallingEnd, index - previous / slope)
    events.fallingEnd += 8
  } else if (previous < 0 && current >= 0) {
    store<f64>(events.risingEnd, index - previous / slope)
    events.risingEnd += 8
  }
  if (previousSlope > 0 && slope <= 0) {
    store<f64>(events.peaksEnd, index - 1 - previousSlope / (slope - previousSlope))
    events.peaksEnd += 8
  } else if (previousSlope < 0 && slope >= 0) {
    store<f64>(events.dipsEnd, index - 1 - previousSlope / (slope - previousSlope))
    events.dipsEnd += 8
  }
}

/**
 * Frequencies of one series at `count` frames from `firstFrame` on, linear between the intervals' midpoints and beyond
 * the outermost: written to, or added to, `output`.
 */
export function frequencyAtFrames(
  positions: usize,
  positionsEnd: usize,
  fs: f64,
  spacing: f64,
  firstFrame: i32,
  count: i32,
  output: usize,
  isAdded: bool,
): void {
  const lastAt = positionsEnd - 16
  let i = 0
  let time = <f64>firstFrame * spacing
  let at = positions + 8
  let before = load<f64>(at) - load<f64>(positions)
  let value = fs / before
  while (i < count) {
    // Between the midpoints of the intervals before and after the event at `at`.
    const middle = load<f64>(at)
    const after = load<f64>(at + 8) - middle
    const valueAfter = fs / after
    const until = at >= lastAt ? Infinity : middle + after / 2
    if (time < until) {
      const position = load<f64>(at - 8) + before / 2
      const slope = (valueAfter - value) / ((before + after) / 2)
      do {
        const frequency = value + (time - position) * slope
        const to = output + ((<usize>i) << 3)
        store<f64>(to, isAdded ? load<f64>(to) + frequency : frequency)
        i++
        time = <f64>(firstFrame + i) * spacing
      } while (i < count && time < until)
    }
    at += 8
    before = after
    value = valueAfter
  }
}
