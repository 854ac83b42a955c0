import type { CutPart } from './cut.ts'

/** A part as it was sung, from its lead to its tail. */
export interface SungPart extends CutPart {
  readonly samples: Float32Array
}

/**
 * The next part may begin so much earlier or later than written, to meet the phase of the one before: less than an ear
 * hears as late, and half a period of 62 Hz at 16 kHz.
 */
const MOST_SHIFT = 128
/** Both parts sound together for so long; two periods of most voices. */
const BLEND = 320

/**
 * Parts of a sound, one after the other. Where two meet, the second is moved by up to 8 ms to where it goes on as the
 * first does, and they are blended: with a constant sum where they agree, with constant power where they don't.
 * @returns as many samples as the parts have frames
 */
export function joinParts(parts: readonly SungPart[], hop: number): Float32Array {
  const last = parts[parts.length - 1]
  const joined = new Float32Array(last === undefined ? 0 : (last.toFrame - parts[0].fromFrame) * hop)
  parts.forEach((part, index) => {
    const at = (part.fromFrame - parts[0].fromFrame) * hop
    const before = parts[index - 1]
    const within = (part.fromFrame - part.leadFrame) * hop
    if (before === undefined) return joined.set(part.samples.subarray(within, within + joined.length))
    const going = before.samples.subarray((before.toFrame - before.leadFrame) * hop).subarray(0, BLEND)
    const heard = (part.toFrame - part.fromFrame) * hop
    const { shift, likeness } = bestShift(going, part.samples, within, heard)
    const coming = part.samples.subarray(within + shift)
    joined.set(coming.subarray(0, joined.length - at), at)
    blend(joined.subarray(at), going, likeness)
  })
  return joined
}

/** Where the coming part is most like the one that goes, of all places from which enough was sung. */
function bestShift(
  going: Float32Array,
  coming: Float32Array,
  within: number,
  heard: number,
): { readonly shift: number; readonly likeness: number } {
  let best = { shift: 0, likeness: -1 }
  for (let distance = 0; distance <= MOST_SHIFT; distance++)
    for (const shift of distance === 0 ? [0] : [-distance, distance]) {
      const from = within + shift
      if (from < 0 || from + Math.max(going.length, heard) > coming.length) continue
      const likeness = likenessOf(going, coming.subarray(from, from + going.length))
      if (likeness > best.likeness) best = { shift, likeness }
    }
  return best
}

/** −1…1: 1 where both are the same but for their level. */
function likenessOf(a: Float32Array, b: Float32Array): number {
  let [both, ofA, ofB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    both += a[i] * b[i]
    ofA += a[i] * a[i]
    ofB += b[i] * b[i]
  }
  return ofA * ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB)
}

/** Fades `going` out over the beginning of what is joined. The power stays, however alike the two are. */
function blend(joined: Float32Array, going: Float32Array, likeness: number): void {
  const alike = Math.max(likeness, 0)
  const length = Math.min(going.length, joined.length)
  for (let i = 0; i < length; i++) {
    const share = (i + 0.5) / length
    const power = Math.sqrt(share * share + (1 - share) * (1 - share) + 2 * share * (1 - share) * alike)
    joined[i] = (share * joined[i] + (1 - share) * going[i]) / power
  }
}
