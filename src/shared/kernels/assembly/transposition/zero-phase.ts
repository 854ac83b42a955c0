/**
 * Filters run forward and backward in place; the twin is `dsp/zero-phase.ts`. A section is five f64: b0, b1, b2, a1, a2.
 * Around the samples there is room for `extension` more on either side, where the odd reflection is written.
 */

const sectionBytes: usize = 40

/** Of one signal: `count` f64 from `samples` on. */
export function zeroPhase(sections: usize, sectionCount: i32, samples: usize, count: i32, extension: i32): void {
  const first = samples - ((<usize>extension) << 3)
  const last = samples + ((<usize>(count - 1)) << 3)
  for (let distance = 1; distance <= extension; distance++) {
    const offset = (<usize>distance) << 3
    store<f64>(samples - offset, 2 * load<f64>(samples) - load<f64>(samples + offset))
    store<f64>(last + offset, 2 * load<f64>(last) - load<f64>(last - offset))
  }
  const end = last + ((<usize>extension) << 3)
  sweep(sections, sectionCount, first, end + 8, 8)
  sweep(sections, sectionCount, end, first - 8, -8)
}

function sweep(sections: usize, sectionCount: i32, from: usize, end: usize, step: isize): void {
  let level = load<f64>(from)
  for (let index = 0; index < sectionCount; index++) {
    const section = sections + <usize>index * sectionBytes
    const b0 = load<f64>(section)
    const b1 = load<f64>(section, 8)
    const b2 = load<f64>(section, 16)
    const a1 = load<f64>(section, 24)
    const a2 = load<f64>(section, 32)
    const gain = (b0 + b1 + b2) / (1 + a1 + a2)
    let state2 = (b2 - a2 * gain) * level
    let state1 = (b1 - a1 * gain) * level + state2
    for (let at = from; at != end; at += step) {
      const x = load<f64>(at)
      const y = b0 * x + state1
      state1 = b1 * x - a1 * y + state2
      state2 = b2 * x - a2 * y
      store<f64>(at, y)
    }
    level *= gain
  }
}

/** Of two signals at once: `count` pairs from `pairs` on. */
export function zeroPhaseOfPairs(sections: usize, sectionCount: i32, pairs: usize, count: i32, extension: i32): void {
  const first = pairs - ((<usize>extension) << 4)
  const last = pairs + ((<usize>(count - 1)) << 4)
  reflectAfter(last, extension)
  reflectBefore(pairs, extension)
  const end = last + ((<usize>extension) << 4)
  sweepPairs(sections, sectionCount, first, end + 16, 16)
  sweepPairs(sections, sectionCount, end, first - 16, -16)
}

/**
 * As `zeroPhaseOfPairs` with one first-order section whose forward half goes on from the pair of states `memory`
 * where that is not 0; writes the states before the pair `handOver` to `handed`.
 */
export function resumePairs(
  section: usize,
  pairs: usize,
  count: i32,
  extension: i32,
  memory: usize,
  handOver: i32,
  handed: usize,
): void {
  const last = pairs + ((<usize>(count - 1)) << 4)
  reflectAfter(last, extension)
  const end = last + ((<usize>extension) << 4)
  let from = pairs
  let state: v128
  if (memory != 0) {
    state = v128.load(memory)
  } else {
    reflectBefore(pairs, extension)
    from = pairs - ((<usize>extension) << 4)
    state = steadyState(section, v128.load(from))
  }
  v128.store(handed, state)
  const b0 = f64x2.splat(load<f64>(section))
  const b1 = f64x2.splat(load<f64>(section, 8))
  const a1 = f64x2.splat(load<f64>(section, 24))
  const handAt = pairs + ((<usize>handOver) << 4)
  for (let at = from; at <= end; at += 16) {
    if (at == handAt) v128.store(handed, state)
    const x = v128.load(at)
    const y = f64x2.add(f64x2.mul(b0, x), state)
    state = f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y))
    v128.store(at, y)
  }
  state = steadyState(section, v128.load(end))
  for (let at = end; at >= from; at -= 16) {
    const x = v128.load(at)
    const y = f64x2.add(f64x2.mul(b0, x), state)
    state = f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y))
    v128.store(at, y)
  }
}

function steadyState(section: usize, level: v128): v128 {
  const b0 = load<f64>(section)
  const b1 = load<f64>(section, 8)
  const a1 = load<f64>(section, 24)
  return f64x2.mul(f64x2.splat(b1 - (a1 * (b0 + b1)) / (1 + a1)), level)
}

function reflectBefore(pairs: usize, extension: i32): void {
  const double = f64x2.add(v128.load(pairs), v128.load(pairs))
  for (let distance = 1; distance <= extension; distance++) {
    const offset = (<usize>distance) << 4
    v128.store(pairs - offset, f64x2.sub(double, v128.load(pairs + offset)))
  }
}

function reflectAfter(last: usize, extension: i32): void {
  const double = f64x2.add(v128.load(last), v128.load(last))
  for (let distance = 1; distance <= extension; distance++) {
    const offset = (<usize>distance) << 4
    v128.store(last + offset, f64x2.sub(double, v128.load(last - offset)))
  }
}

function sweepPairs(sections: usize, sectionCount: i32, from: usize, end: usize, step: isize): void {
  let level = v128.load(from)
  for (let index = 0; index < sectionCount; index++) {
    const section = sections + <usize>index * sectionBytes
    const b0 = f64x2.splat(load<f64>(section))
    const b1 = f64x2.splat(load<f64>(section, 8))
    const b2 = f64x2.splat(load<f64>(section, 16))
    const a1 = f64x2.splat(load<f64>(section, 24))
    const a2 = f64x2.splat(load<f64>(section, 32))
    const ones = f64x2.splat(1)
    const gain = f64x2.div(f64x2.add(f64x2.add(b0, b1), b2), f64x2.add(f64x2.add(ones, a1), a2))
    let state2 = f64x2.mul(f64x2.sub(b2, f64x2.mul(a2, gain)), level)
    let state1 = f64x2.add(f64x2.mul(f64x2.sub(b1, f64x2.mul(a1, gain)), level), state2)
    for (let at = from; at != end; at += step) {
      const x = v128.load(at)
      const y = f64x2.add(f64x2.mul(b0, x), state1)
      state1 = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), state2)
      state2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y))
      v128.store(at, y)
    }
    level = f64x2.mul(level, gain)
  }
}
