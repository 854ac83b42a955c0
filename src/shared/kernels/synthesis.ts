import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'

/** Pulses to be rendered in turn, and the frames that they are shaped by. Every list of pulses has one entry a pulse. */
export interface PulseTrain {
  readonly fftSize: number
  readonly frameCount: number
  /** Rows of fftSize / 2 + 1 bins: power, and aperiodicity as amplitude ratios. */
  readonly power: Float64Array
  readonly aperiodicity: Float64Array
  /** Last sample before the pulse, ascending. */
  readonly indices: Int32Array
  /** How much later than that sample the pulse lies, in samples, 0 to 1. */
  readonly shiftsSamples: Float64Array
  /** Frame that it lies at, 0 or more, with its fraction. */
  readonly framePositions: Float64Array
  /** 1 or 0. */
  readonly isVoiced: Int32Array
  /** Samples until the next pulse; 0 for a pulse that is not heard. */
  readonly noiseSamples: Int32Array
  /** State of the noise generator before the first pulse. */
  readonly noiseState: Int32Array
}

/** Adds the response to every pulse to `output`, from fftSize / 2 - 1 samples before its index on. */
export type RenderPulses = (train: PulseTrain, output: Float64Array) => void

interface SynthesisExports extends AllocatingExports {
  start(fftSize: number, x: number, y: number, z: number, w: number): void
  pulses(
    power: number,
    aperiodicity: number,
    frameCount: number,
    positions: number,
    angles: number,
    isVoiced: number,
    noiseSamples: number,
    starts: number,
    count: number,
    out: number,
  ): void
}

/** Pulses of one call, and the frames that they may lie in: few enough to stay in the cache. */
const batchPulses = 32
const batchFrames = 16

/** The kernel `synthesis`, with the contract of the synthesis's plain twin in the room `world`. */
export function createSynthesisKernel(module: KernelModule): RenderPulses {
  const kernel = instantiateKernel<SynthesisExports>(module)
  const memory = createKernelMemory(kernel)
  const putWhole = (name: string, values: Int32Array): number => {
    const offset = memory.room(name, values.byteLength)
    memory.i32(offset, values.length).set(values)
    return offset
  }
  /** Rows first … last behind one another; the offset where row 0 would lie. */
  const putRows = (name: string, values: Float64Array, bins: number, first: number, last: number): number => {
    // One value more than the rows, because the kernel reads by twos.
    const offset = memory.room(name, 8 * (bins * (last - first + 1) + 1))
    memory.f64(offset, bins * (last - first + 1)).set(values.subarray(bins * first, bins * (last + 1)))
    return offset - 8 * bins * first
  }

  function renderBatch(train: PulseTrain, first: number, end: number, output: Float64Array): void {
    const { fftSize, frameCount, indices } = train
    const bins = fftSize / 2 + 1
    const firstFrame = Math.min(Math.floor(train.framePositions[first]), frameCount - 1)
    const lastFrame = Math.min(Math.ceil(train.framePositions[end - 1]), frameCount - 1)
    const length = indices[end - 1] - indices[first] + fftSize
    const powerAt = putRows('power', train.power, bins, firstFrame, lastFrame)
    const aperiodicityAt = putRows('aperiodicity', train.aperiodicity, bins, firstFrame, lastFrame)
    const positionsAt = memory.put('positions', train.framePositions.subarray(first, end))
    const anglesAt = memory.put(
      'angles',
      train.shiftsSamples.subarray(first, end).map((shift) => (2 * Math.PI * shift) / fftSize),
    )
    const isVoicedAt = putWhole('isVoiced', train.isVoiced.subarray(first, end))
    const noiseSamplesAt = putWhole('noiseSamples', train.noiseSamples.subarray(first, end))
    const startsAt = putWhole(
      'starts',
      indices.subarray(first, end).map((index) => index - indices[first]),
    )
    const outAt = memory.room('out', 8 * length)
    memory.f64(outAt, length).fill(0)
    kernel.pulses(
      powerAt,
      aperiodicityAt,
      frameCount,
      positionsAt,
      anglesAt,
      isVoicedAt,
      noiseSamplesAt,
      startsAt,
      end - first,
      outAt,
    )
    addClipped(memory.f64(outAt, length), output, indices[first] - fftSize / 2 + 1)
  }

  return (train, output) => {
    const [x, y, z, w] = train.noiseState
    kernel.start(train.fftSize, x, y, z, w)
    for (let first = 0; first < train.indices.length;) {
      const lastPosition = train.framePositions[first] + batchFrames
      let end = first + 1
      while (end - first < batchPulses && train.framePositions[end] <= lastPosition) end++
      renderBatch(train, first, end, output)
      first = end
    }
  }
}

/** What falls outside of the output is dropped. */
function addClipped(part: Float64Array, output: Float64Array, offset: number): void {
  const end = Math.min(part.length, output.length - offset)
  for (let i = Math.max(0, -offset); i < end; i++) output[offset + i] += part[i]
}
