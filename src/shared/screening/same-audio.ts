import { FINGERPRINTS_PER_SEC, type Fingerprint } from './fingerprint.ts'

/** Where two sounds hold the same audio. */
export interface SameAudio {
  /** Of the shorter sound's sounding part. */
  readonly share: number
  /** Where in the first sound the second one begins; negative where it begins before. */
  readonly offsetSec: number
  /** Share of signs that differ: 0 for the same samples, 0.5 for strangers. */
  readonly difference: number
}

/** Strangers differ in 0.43 and more of a probe's signs, the same audio after a coder, a trim and a gain in under 0.25. */
const MOST_DIFFERENCE = 0.3
/** Pieces of the shorter sound that are looked for in the longer one. */
const PROBE_COUNT = 4
const PROBE_PRINTS = 50
const LEAST_ACTIVE_PRINTS = 20
/** After so many prints a place that differs in most signs is left. */
const FIRST_LOOK_PRINTS = 8
const FIRST_LOOK_DIFFERENCE = 0.4
/** Less sound in common than this is chance: one second. */
const LEAST_COMMON_PRINTS = FINGERPRINTS_PER_SEC

/** The same audio in two sounds, or null. Time grows with the product of their lengths, ten minutes each take 0.1 s. */
export function findSameAudio(first: Fingerprint, second: Fingerprint): SameAudio | null {
  const isSwapped = first.signs.length < second.signs.length
  const [long, short] = isSwapped ? [second, first] : [first, second]
  for (const start of probeStarts(short)) {
    const offset = placeOf(short, start, long)
    if (offset === null) continue
    const { difference, common } = compare(long, short, offset)
    const share = common / Math.max(1, countActive(short, 0, short.signs.length))
    if (difference > MOST_DIFFERENCE || common < LEAST_COMMON_PRINTS) continue
    return { share, difference, offsetSec: ((isSwapped ? -1 : 1) * offset) / FINGERPRINTS_PER_SEC }
  }
  return null
}

/** Evenly over the sound, where it sounds; the most sounding first. */
function probeStarts(sound: Fingerprint): number[] {
  const last = Math.max(0, sound.signs.length - PROBE_PRINTS)
  const steps = Math.min(PROBE_COUNT * 4, last + 1)
  return Array.from({ length: steps }, (_, step) => Math.round((step * last) / Math.max(1, steps - 1)))
    .map((start) => ({ start, active: countActive(sound, start, start + PROBE_PRINTS) }))
    .filter(({ active }) => active >= LEAST_ACTIVE_PRINTS)
    .sort((a, b) => b.active - a.active)
    .slice(0, PROBE_COUNT)
    .map(({ start }) => start)
}

function countActive({ isActive }: Fingerprint, start: number, end: number): number {
  let count = 0
  for (let index = start; index < Math.min(end, isActive.length); index++) count += isActive[index]
  return count
}

/** Where a probe of the short sound lies in the long one, as the place of the short one's start; null where nowhere. */
function placeOf(short: Fingerprint, start: number, long: Fingerprint): number | null {
  const count = Math.min(PROBE_PRINTS, short.signs.length - start)
  let [best, bestDifference] = [0, MOST_DIFFERENCE]
  for (let at = 0; at + count <= long.signs.length; at++) {
    let bits = 0
    let index = 0
    for (; index < count; index++) {
      bits += bitCount(short.signs[start + index] ^ long.signs[at + index])
      if (index === FIRST_LOOK_PRINTS && bits > FIRST_LOOK_DIFFERENCE * 32 * (index + 1)) break
    }
    if (index < count) continue
    const difference = bits / (32 * count)
    if (difference < bestDifference) [best, bestDifference] = [at - start, difference]
  }
  return bestDifference < MOST_DIFFERENCE ? best : null
}

/** Over all that both hold, where the short one sounds. */
function compare(long: Fingerprint, short: Fingerprint, offset: number) {
  let [bits, common] = [0, 0]
  const end = Math.min(short.signs.length, long.signs.length - offset)
  for (let index = Math.max(0, -offset); index < end; index++) {
    if (short.isActive[index] === 0) continue
    bits += bitCount(short.signs[index] ^ long.signs[index + offset])
    common++
  }
  return { difference: common === 0 ? 1 : bits / (32 * common), common }
}

/** Population count of 32 bits (Warren, Hacker's Delight §5-1). */
function bitCount(word: number): number {
  let value = word - ((word >>> 1) & 0x55555555)
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333)
  value = (value + (value >>> 4)) & 0x0f0f0f0f
  return Math.imul(value, 0x01010101) >>> 24
}
