import { scratchInMemory, type OpenScratch } from '../../base/scratch.ts'
import { ENCODER_DILATIONS, ENCODER_INPUT_CHANNELS, KERNEL_TAPS, type SpectralAutoencoderConfig } from './config.ts'
import { convolutionLayer, gateInto, type ReadRows } from './inference-layers.ts'
import { createDoubles, createLayerRows, type Doubles, type LayerRows } from './layer-rows.ts'
import { convolutionReach, type Convolve, type PackedConvolution } from '../../dsp/packed-convolution.ts'
import type { Parameters } from './parameters.ts'

/** Frames computed at once: small enough for the caches, large enough that context costs little. */
const CHUNK_FRAMES = 256
/** Frames whose energy channel is above this carry the statistics; the others count a thousandth. */
const ACTIVE_ENERGY_CHANNEL = -1.725
const INACTIVE_WEIGHT = 1e-3
const VARIANCE_FLOOR = 1e-4

interface Block {
  readonly gate: PackedConvolution
  readonly out: PackedConvolution
  readonly dilation: number
}

/**
 * E of the reference: convolution, three residual blocks with masked instance norm, 1×1, average-pool by 2, masked
 * norm. Runs layer by layer over the file in chunks; a layer and its gates lie in scratches.
 */
export function createEncoder(parameters: Parameters, config: SpectralAutoencoderConfig, convolve: Convolve) {
  const input = convolutionLayer(parameters, 'encoder/in')
  const output = convolutionLayer(parameters, 'encoder/out')
  const blocks: Block[] = ENCODER_DILATIONS.map((dilation, index) => ({
    gate: convolutionLayer(parameters, `encoder/block${index}/gate`),
    out: convolutionLayer(parameters, `encoder/block${index}/out`),
    dilation,
  }))
  return (
    frameCount: number,
    readInput: ReadRows,
    visit: (fraction: number) => void = () => {},
    openScratch: OpenScratch = scratchInMemory,
  ): Float32Array => {
    const stages = blocks.length + 1
    const weights = new Float64Array(frameCount)
    const hidden = createLayerRows(openScratch, config.channels, frameCount)
    const gates = createDoubles(openScratch, blocks[0].gate.stride * frameCount)
    firstLayer(input, hidden, readInput, weights, visit, convolve)
    blocks.forEach((block, index) => {
      visit((index + 1) / stages)
      const visitPart = (part: number) => visit((index + 1 + part) / stages)
      applyBlock(block, hidden, gates, config, weights, visitPart, convolve)
    })
    return latentOf(output, hidden, config, weights, convolve)
  }
}

function firstLayer(
  layer: PackedConvolution,
  hidden: LayerRows,
  readInput: ReadRows,
  weights: Float64Array,
  visit: (fraction: number) => void,
  convolve: Convolve,
): void {
  const { frameCount } = hidden
  const reach = convolutionReach(KERNEL_TAPS, 1)
  const x = new Float64Array((CHUNK_FRAMES + 2 * reach + 1) * ENCODER_INPUT_CHANNELS)
  const y = new Float64Array((CHUNK_FRAMES + 1) * layer.stride)
  forEachChunk(frameCount, (first, count) => {
    visit((0.25 * first) / frameCount)
    const from = Math.max(first - reach, 0)
    const to = Math.min(first + count + reach, frameCount)
    const offset = (from - first + reach) * ENCODER_INPUT_CHANNELS
    x.fill(0)
    readInput(from, to - from, x.subarray(offset))
    for (let index = 0; index < count; index++) {
      const energy = x[(index + reach + 1) * ENCODER_INPUT_CHANNELS - 1]
      weights[first + index] = (energy > ACTIVE_ENERGY_CHANNEL ? 1 : 0) + INACTIVE_WEIGHT
    }
    convolve(layer, x, 1, count, y)
    hidden.store(first, count, y, layer.stride)
  })
}

/** hidden += out(gate(norm(convolution(hidden)))), in place: statistics in one pass, the change in a second. */
function applyBlock(
  { gate, out, dilation }: Block,
  hidden: LayerRows,
  gates: Doubles,
  { isUnnormalized = false }: SpectralAutoencoderConfig,
  weights: Float64Array,
  visit: (fraction: number) => void,
  convolve: Convolve,
): void {
  const { channels, frameCount } = hidden
  const reach = convolutionReach(KERNEL_TAPS, dilation)
  const x = new Float64Array((CHUNK_FRAMES + 2 * reach + 1) * channels)
  const y = new Float64Array((CHUNK_FRAMES + 1) * gate.stride)
  const gated = new Float64Array((CHUNK_FRAMES + 1) * channels)
  const change = new Float64Array((CHUNK_FRAMES + 1) * out.stride)
  const moments = createMoments(gate.stride, isUnnormalized)
  forEachChunk(frameCount, (first, count) => {
    visit((0.5 * first) / frameCount)
    hidden.load(first - reach, count + 2 * reach, x)
    convolve(gate, x, dilation, count, y)
    gates.write(first * gate.stride, y.subarray(0, count * gate.stride))
    for (let index = 0; index < count; index++) moments.add(y, index * gate.stride, weights[first + index])
  })
  const { mean, scale } = moments.normalization()
  forEachChunk(frameCount, (first, count) => {
    visit(0.5 + (0.5 * first) / frameCount)
    gates.read(first * gate.stride, y.subarray(0, count * gate.stride))
    for (let index = 0, at = 0; index < count; index++)
      for (let channel = 0; channel < gate.stride; channel++, at++) y[at] = (y[at] - mean[channel]) * scale[channel]
    gateInto(y, gate.stride, channels, count, gated)
    convolve(out, gated, 1, count, change)
    hidden.add(first, count, change, out.stride)
  })
}

function latentOf(
  layer: PackedConvolution,
  hidden: LayerRows,
  { channels, latent: width, isUnnormalized = false }: SpectralAutoencoderConfig,
  weights: Float64Array,
  convolve: Convolve,
): Float32Array {
  const { frameCount } = hidden
  const x = new Float64Array((CHUNK_FRAMES + 1) * channels)
  const y = new Float64Array((CHUNK_FRAMES + 1) * layer.stride)
  const pooledCount = Math.ceil(frameCount / 2)
  const pooled = new Float64Array(pooledCount * width)
  const moments = createMoments(width, isUnnormalized)
  forEachChunk(frameCount, (first, count) => {
    hidden.load(first, count, x)
    convolve(layer, x, 1, count, y)
    for (let index = 0; index < count; index += 2) {
      const frame = first + index
      const partner = index + 1 < count ? index + 1 : index // a last odd frame stands alone
      const at = (frame / 2) * width
      for (let channel = 0; channel < width; channel++)
        pooled[at + channel] = (y[index * layer.stride + channel] + y[partner * layer.stride + channel]) / 2
      moments.add(pooled, at, (weights[frame] + weights[first + partner]) / 2)
    }
  })
  const { mean, scale } = moments.normalization()
  return Float32Array.from(pooled, (value, index) => (value - mean[index % width]) * scale[index % width])
}

/** Weighted mean and variance per channel, summed in double in the order of the frames; 0 and 1 where none are wanted. */
function createMoments(width: number, isUnwanted: boolean) {
  const sums = new Float64Array(width)
  const squares = new Float64Array(width)
  let weightSum = 0
  return {
    add(values: Float64Array, offset: number, weight: number) {
      weightSum += weight
      for (let channel = 0; channel < width; channel++) {
        const weighted = weight * values[offset + channel]
        sums[channel] += weighted
        squares[channel] += weighted * values[offset + channel]
      }
    },
    normalization() {
      if (isUnwanted) return { mean: new Float64Array(width), scale: new Float64Array(width).fill(1) }
      const mean = sums.map((sum) => sum / weightSum)
      const scale = squares.map((square, channel) => {
        const variance = Math.max(square / weightSum - mean[channel] * mean[channel], 0)
        return 1 / Math.sqrt(variance + VARIANCE_FLOOR)
      })
      return { mean, scale }
    },
  }
}

function forEachChunk(frameCount: number, visit: (first: number, count: number) => void): void {
  for (let first = 0; first < frameCount; first += CHUNK_FRAMES)
    visit(first, Math.min(CHUNK_FRAMES, frameCount - first))
}
