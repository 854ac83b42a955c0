import type { Numbers } from '../dsp/numbers.ts'
import type { NearestNeighbors } from '../kernels/nearest.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { frameKeys, KEY_REACH, KEY_WIDTH } from './key.ts'

const NEIGHBORS = 12
/** Added to a distance, so that an exact hit stays finite. */
const DISTANCE_FLOOR = 1e-3
/** Hann of three frames, normalized. */
const SMOOTHING = [0.25, 0.5, 0.25] as const
/** Frames on each side that a result depends on. */
export const NEIGHBOR_REACH = KEY_REACH + 1

/** How much of a real frame's residue is added, and how far the network's picture is pulled to the neighbors'. */
export interface NeighborWeights {
  readonly residue: number
  readonly picture: number
}

/** The ends were chosen by measurement (`models/train/EXPERIMENTS.md`): `picture` trades words for the person. */
export const neighborWeights = {
  balanced: { residue: 0.7, picture: 0.3 },
  'more content': { residue: 0.5, picture: 0 },
  'more person': { residue: 0.7, picture: 0.7 },
} as const satisfies Record<string, NeighborWeights>

/** Real active frames of a singer with the network's own picture of each. */
export interface NeighborBank {
  readonly count: number
  /** [count × 60] keys of the pictures. */
  readonly keys: Float32Array
  /** [count × 64] shapes of the real frames. */
  readonly shapes: Float32Array
  /** [count × 64] shapes that the network gives for them. */
  readonly pictures: Float32Array
}

/**
 * Adds to each converted frame what the network misses on the singer's real frames that look most like it ("ReK").
 * `converted` holds shapes, [frames × 64] at 10 ms; returns the same layout. An empty bank changes nothing.
 * o = r + S[residue · (Y − R) + picture · (R − r)], S a three-frame Hann, Y and R weighted means of the 12 nearest.
 */
export function residualNeighbors(
  converted: Numbers,
  frameCount: number,
  bank: NeighborBank,
  nearest: NearestNeighbors,
  weights: NeighborWeights = neighborWeights.balanced,
): Float64Array {
  const result = Float64Array.from(converted.subarray(0, frameCount * BAND_COUNT))
  if (bank.count === 0 || frameCount === 0) return result
  const additions = neighborAdditions(converted, frameCount, bank, nearest, weights)
  for (let frame = 0; frame < frameCount; frame++) {
    SMOOTHING.forEach((share, offset) => {
      const from = Math.min(Math.max(frame + offset - 1, 0), frameCount - 1) * BAND_COUNT
      for (let band = 0, at = frame * BAND_COUNT; band < BAND_COUNT; band++, at++)
        result[at] += share * additions[from + band]
    })
  }
  return result
}

function neighborAdditions(
  converted: Numbers,
  frameCount: number,
  bank: NeighborBank,
  nearest: NearestNeighbors,
  { residue, picture }: NeighborWeights,
): Float64Array {
  const k = Math.min(NEIGHBORS, bank.count)
  const found = nearest.find(frameKeys(converted, frameCount), frameCount, bank.keys, bank.count, KEY_WIDTH, k)
  const additions = new Float64Array(frameCount * BAND_COUNT)
  for (let frame = 0; frame < frameCount; frame++) {
    const at = frame * BAND_COUNT
    let weightSum = 0
    for (let rank = frame * k; rank < (frame + 1) * k; rank++) weightSum += closeness(found.distances[rank])
    for (let rank = frame * k; rank < (frame + 1) * k; rank++) {
      const weight = closeness(found.distances[rank]) / weightSum
      const from = found.indices[rank] * BAND_COUNT
      for (let band = 0; band < BAND_COUNT; band++)
        additions[at + band] +=
          weight * (residue * bank.shapes[from + band] + (picture - residue) * bank.pictures[from + band])
    }
    for (let band = 0; band < BAND_COUNT; band++) additions[at + band] -= picture * converted[at + band]
  }
  return additions
}

const closeness = (squaredDistance: number) => 1 / (Math.sqrt(squaredDistance) + DISTANCE_FLOOR) ** 2
