import type { ClipFeatures } from '../../../src/shared/conversion/clip-features.ts'
import { rowsOf } from '../../../src/shared/conversion/frame-rows.ts'
import { frameKeys, KEY_WIDTH } from '../../../src/shared/conversion/key.ts'
import type { PreparedSinger } from '../../../src/shared/conversion/prepared-singer.ts'
import { sourceFeatures, type SourceFeatures } from '../../../src/shared/conversion/source-features.ts'
import { spectralChange } from '../../../src/shared/conversion/spectral-change.ts'
import { BAND_COUNT } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { buildBank, pictureOf, type Bank } from './bank.ts'
import { kernels, type Person } from './corpus.ts'
import type { Rendering } from './variants.ts'

/** ln power of a recording as it would be after conversion, [frames × 64] at 5 ms: what the filter is made to give. */
export type ConvertEnvelopes = (source: ClipFeatures) => Float32Array

/** Of everything that conversion does this leaves out the waveform: the filter gives these envelopes within a decibel. */
export function createConverter(singer: PreparedSinger, person: Person, rendering: Rendering): ConvertEnvelopes {
  const draw = drawingOf(singer, person, rendering)
  return (source) => {
    const { lm } = source
    const { features, pictures, found, bank } = draw(source)
    const converted = rendering.hasNeighbors ? refine(pictures, found, bank, rendering) : pictures
    const change = spectralChange(features, {
      voices: [{ shapes: rowsOf(converted), targetVariance: singer.model.cepstralVariance, share: 1 }],
      strength: rendering.strength,
      expressed: null,
      formant: 0,
    })
    const all = new Float64Array(lm.length)
    for (let frame = 0; frame < features.frameCount; frame++)
      change.readDifference(frame, all.subarray(frame * BAND_COUNT, (frame + 1) * BAND_COUNT))
    const smooth = smoothed(all, rendering.smoothing)
    return lm.map((value, index) => value + smooth[index])
  }
}

type Found = ReturnType<typeof kernels.nearest.find>

interface Drawing {
  readonly features: SourceFeatures
  readonly pictures: Float32Array
  readonly found: Found
  readonly bank: Bank
}

/** As many neighbors are looked up at once as any variant asks for: variants of the same network share them. */
const MOST_NEIGHBORS = 48

const drawings = new WeakMap<PreparedSinger, Map<string, (source: ClipFeatures) => Drawing>>()

function drawingOf(singer: PreparedSinger, person: Person, rendering: Rendering): (source: ClipFeatures) => Drawing {
  const known = drawings.get(singer) ?? new Map<string, (source: ClipFeatures) => Drawing>()
  drawings.set(singer, known)
  const key = JSON.stringify(rendering.warps)
  const draw = known.get(key) ?? createDrawing(singer, person, rendering)
  known.set(key, draw)
  return draw
}

function createDrawing(
  singer: PreparedSinger,
  person: Person,
  rendering: Rendering,
): (source: ClipFeatures) => Drawing {
  const clips = person.training.map(({ features }) => features)
  const bank = buildBank(singer, clips, rendering)
  const known = new WeakMap<Float32Array, Drawing>()
  return ({ lm, f0 }) => {
    const before = known.get(lm)
    if (before !== undefined) return before
    const features = sourceFeatures(rowsOf(lm), f0)
    const pictures = pictureOf(singer, features, rendering)
    const count = features.slowFrameCount
    const k = Math.min(MOST_NEIGHBORS, bank.count)
    const found = kernels.nearest.find(frameKeys(pictures, count), count, bank.keys, bank.count, KEY_WIDTH, k)
    const drawing = { features, pictures, found, bank }
    known.set(lm, drawing)
    return drawing
  }
}

const SMOOTHING = [0.25, 0.5, 0.25]
const DISTANCE_FLOOR = 1e-3

/** Residual neighbors with every constant open. */
function refine(pictures: Float32Array, found: Found, bank: Bank, rendering: Rendering): Float64Array {
  const { neighbors, sharpness, residue, picture } = rendering
  const frameCount = pictures.length / BAND_COUNT
  const foundCount = found.indices.length / frameCount
  const additions = new Float64Array(pictures.length)
  for (let frame = 0; frame < frameCount; frame++) {
    const count = Math.min(neighbors, foundCount)
    const ranks = Array.from({ length: count }, (_, rank) => frame * foundCount + rank)
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
