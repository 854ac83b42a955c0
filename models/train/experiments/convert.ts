import type { ClipFeatures } from '../../../src/shared/conversion/clip-features.ts'
import { rowsOf } from '../../../src/shared/conversion/frame-rows.ts'
import { frameKeys } from '../../../src/shared/conversion/key.ts'
import type { PreparedSinger } from '../../../src/shared/conversion/prepared-singer.ts'
import { sourceFeatures } from '../../../src/shared/conversion/source-features.ts'
import { spectralChange } from '../../../src/shared/conversion/spectral-change.ts'
import { BAND_COUNT } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { buildBank, pictureOf, type Bank } from './bank.ts'
import { kernels, type Person } from './corpus.ts'
import type { Rendering } from './variants.ts'

/** ln power of a recording as it would be after conversion, [frames × 64] at 5 ms: what the filter is made to give. */
export type ConvertEnvelopes = (source: ClipFeatures) => Float32Array

/** Of everything that conversion does this leaves out the waveform: the filter gives these envelopes within a decibel. */
export function createConverter(singer: PreparedSinger, person: Person, rendering: Rendering): ConvertEnvelopes {
  const clips = person.training.map(({ features }) => features)
  const bank = rendering.hasNeighbors ? buildBank(singer, clips, rendering, makeKeys) : null
  return ({ lm, f0 }) => {
    const features = sourceFeatures(rowsOf(lm), f0)
    const { pictures, latent } = pictureOf(singer, features, rendering)
    const count = features.slowFrameCount
    const converted = bank === null ? pictures : refine(pictures, makeKeys(pictures, latent, count), bank, rendering)
    const change = spectralChange(features, {
      voices: [{ shapes: rowsOf(converted), targetVariance: singer.model.cepstralVariance, share: 1 }],
      strength: rendering.strength,
      emotion: null,
      intensity: 0,
      formant: 0,
    })
    const all = new Float64Array(lm.length)
    for (let frame = 0; frame < features.frameCount; frame++)
      change.readDifference(frame, all.subarray(frame * BAND_COUNT, (frame + 1) * BAND_COUNT))
    const smooth = smoothed(all, rendering.smoothing)
    return lm.map((value, index) => value + smooth[index])
  }
}

const makeKeys = (pictures: Float32Array, _latent: Float32Array, frameCount: number): Float32Array =>
  frameKeys(pictures, frameCount)

const SMOOTHING = [0.25, 0.5, 0.25]
const DISTANCE_FLOOR = 1e-3

/** Residual neighbors with every constant open. */
function refine(pictures: Float32Array, keys: Float32Array, bank: Bank, rendering: Rendering): Float64Array {
  const { neighbors, sharpness, residue, picture } = rendering
  const frameCount = pictures.length / BAND_COUNT
  const k = Math.min(neighbors, bank.count)
  const found = kernels.nearest.find(keys, frameCount, bank.keys, bank.count, bank.keyWidth, k)
  const additions = new Float64Array(pictures.length)
  for (let frame = 0; frame < frameCount; frame++) {
    const ranks = Array.from({ length: k }, (_, rank) => frame * k + rank)
    const closeness = ranks.map((rank) => (Math.sqrt(found.distances[rank]) + DISTANCE_FLOOR) ** -sharpness)
    const sum = closeness.reduce((total, value) => total + value, 0)
    const at = frame * BAND_COUNT
    ranks.forEach((rank, index) => {
      const weight = closeness[index] / sum
      const from = found.indices[rank] * BAND_COUNT
      for (let band = 0; band < BAND_COUNT; band++) {
        const [real, seen] = [bank.shapes[from + band], bank.pictures[from + band]]
        additions[at + band] += weight * (residue * (real - seen) + picture * (seen - pictures[at + band]))
      }
    })
  }
  const result = Float64Array.from(pictures)
  for (let frame = 0; frame < frameCount; frame++) {
    SMOOTHING.forEach((share, offset) => {
      const from = Math.min(Math.max(frame + offset - 1, 0), frameCount - 1) * BAND_COUNT
      for (let band = 0; band < BAND_COUNT; band++) result[frame * BAND_COUNT + band] += share * additions[from + band]
    })
  }
  return result
}

/** Every band over time with a triangle of `2 · reach + 1` frames of 5 ms: fast changes stay the source's own. */
function smoothed(change: Float64Array, reach: number): Float64Array {
  if (reach === 0) return change
  const frameCount = change.length / BAND_COUNT
  const result = new Float64Array(change.length)
  for (let frame = 0; frame < frameCount; frame++) {
    for (let offset = -reach; offset <= reach; offset++) {
      const weight = (reach + 1 - Math.abs(offset)) / (reach + 1) ** 2
      const from = Math.min(Math.max(frame + offset, 0), frameCount - 1) * BAND_COUNT
      for (let band = 0; band < BAND_COUNT; band++) result[frame * BAND_COUNT + band] += weight * change[from + band]
    }
  }
  return result
}
