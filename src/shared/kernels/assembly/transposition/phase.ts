import { cosineOf, quadrantOf, remainderOf, sineOf, smallCosine, smallSine } from '../numbers/elementary'
import { resumePairs, zeroPhaseOfPairs } from './zero-phase'

/** The phase of a voice in periods; the twin is `conversion/transposition/phase.ts`. */

const tau: f64 = 2 * Math.PI

/** Writes two samples, scaled, in the directions e^(2 pi i turns), as pairs (real, imaginary). */
function storeDirections(turns: v128, scales: v128, pairs: usize): void {
  const angle = f64x2.mul(f64x2.splat(tau), f64x2.sub(turns, f64x2.floor(turns)))
  const quadrant = quadrantOf(angle)
  const rest = remainderOf(angle, quadrant)
  const square = f64x2.mul(rest, rest)
  const smallSin = smallSine(rest, square)
  const smallCos = smallCosine(square)
  const re = f64x2.mul(scales, cosineOf(quadrant, smallSin, smallCos))
  const im = f64x2.mul(scales, sineOf(quadrant, smallSin, smallCos))
  v128.store(pairs, v128.shuffle<f64>(re, im, 0, 2))
  v128.store(pairs, v128.shuffle<f64>(re, im, 1, 3), 16)
}

/**
 * Writes the phase of the fundamental of `x`: the tracked pitch summed, and what the demodulated fundamental turns
 * beside it, while voicing is above `frozenVoicing`. `pairs` is room for count + 2 extension pairs and one to spare; the
 * other arrays have one value to spare.
 */
export function fundamentalPhase(
  x: usize,
  f0Hz: usize,
  voicing: usize,
  count: i32,
  fs: f64,
  frozenVoicing: f64,
  sections: usize,
  sectionCount: i32,
  extension: i32,
  pairs: usize,
  phase: usize,
): void {
  const bytes = (<usize>count) << 3
  const middle = pairs + ((<usize>extension) << 4)
  let periods: f64 = 0
  for (let at: usize = 0; at < bytes; at += 8) {
    periods += load<f64>(f0Hz + at) / fs
    store<f64>(phase + at, periods)
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    storeDirections(f64x2.neg(v128.load(phase + at)), v128.load(x + at), middle + 2 * at)
  }
  zeroPhaseOfPairs(sections, sectionCount, middle, count, extension)
  let correction: f64 = 0
  let previous = turnsOf(middle)
  let isKnown = true
  for (let at: usize = 8; at < bytes; at += 8) {
    // Frozen stretches need no angle but that before their end.
    if (load<f64>(voicing + at) > frozenVoicing) {
      if (!isKnown) previous = turnsOf(middle + 2 * (at - 8))
      const turns = turnsOf(middle + 2 * at)
      correction += withinHalf(turns - previous)
      previous = turns
      isKnown = true
    } else {
      isKnown = false
    }
    store<f64>(phase + at, load<f64>(phase + at) + correction)
  }
}

function turnsOf(pair: usize): f64 {
  return Math.atan2(load<f64>(pair, 8), load<f64>(pair)) / tau
}

/** A difference of angles without a jump of more than half a turn. */
function withinHalf(difference: f64): f64 {
  return difference > 0.5 ? difference - 1 : difference < -0.5 ? difference + 1 : difference
}

/**
 * Writes `fundamental` turned to where the periods' energy lies: `band` squared where voicing is above `voiced`,
 * smoothed as a direction. All arrays begin at one sample. `states` are two pairs: what was handed to this stretch
 * (when `isResumed`), and what it hands on from the sample `handOver`.
 */
export function turnToEnergy(
  fundamental: usize,
  band: usize,
  voicing: usize,
  count: i32,
  voiced: f64,
  section: usize,
  extension: i32,
  isResumed: bool,
  handOver: i32,
  states: usize,
  pairs: usize,
  theta: usize,
): void {
  const bytes = (<usize>count) << 3
  const middle = pairs + ((<usize>extension) << 4)
  const threshold = f64x2.splat(voiced)
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(band + at)
    const energy = v128.and(f64x2.mul(value, value), f64x2.gt(v128.load(voicing + at), threshold))
    if (v128.any_true(energy)) storeDirections(v128.load(fundamental + at), energy, middle + 2 * at)
    else {
      v128.store(middle + 2 * at, energy)
      v128.store(middle + 2 * at, energy, 16)
    }
  }
  resumePairs(section, middle, count, extension, isResumed ? states : 0, handOver, states + 16)
  let turns: f64 = 0
  let previous: f64 = 0
  for (let at: usize = 0; at < bytes; at += 8) {
    const angle = turnsOf(middle + 2 * at)
    if (at > 0) {
      if (angle - previous > 0.5) turns -= 1
      else if (angle - previous < -0.5) turns += 1
    }
    previous = angle
    store<f64>(theta + at, load<f64>(fundamental + at) - (angle + turns))
  }
}
