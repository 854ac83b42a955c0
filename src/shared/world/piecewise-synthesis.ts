import type { VoiceRows } from '../kernels/crew.ts'
import type { PulseTrain, RenderPulses } from '../kernels/synthesis.ts'
import { concatenated } from '../base/concatenated.ts'
import { defaultFramePeriodSec } from './constants.ts'
import { createNormals } from './random.ts'
import { renderPulses } from './synthesis/render-pulses.ts'
import { createPulseLocator, type Pulses } from './synthesis/pulses.ts'

/** The sound as a whole. */
export interface SynthesisPlan {
  /** Hz a frame for all frames, 0 unvoiced. */
  readonly f0: Float64Array
  readonly fs: number
  readonly fftSize: number
  readonly sampleCount: number
  readonly framePeriodSec?: number
}

/** Frames that follow one another, and up to where their pulses are made. */
export interface SynthesisPiece {
  readonly firstFrame: number
  /** Power and aperiodicity from that frame on, of each channel; all of them share their pulses and their noise. */
  readonly channels: readonly VoiceRows[]
  /** Frames reach at least as far; the end of the sound with the last piece. */
  readonly endSample: number
}

/**
 * Sound whose pitch is known as a whole and whose spectra come piece by piece, in order: gives of every channel what is
 * complete, following what was given before, and all that is left with the last piece. The pulses, and the noise, are
 * those of the whole: where it is cut changes no more than rounding.
 */
export function createPiecewiseSynthesis(
  { f0, fs, fftSize, sampleCount, framePeriodSec = defaultFramePeriodSec }: SynthesisPlan,
  render: RenderPulses = renderPulses,
): (piece: SynthesisPiece) => Float64Array[] {
  const locate = createPulseLocator(f0, fs, fftSize, framePeriodSec)
  const half = fftSize / 2
  const noise = createNormals()
  let located = 0
  let known: Pulses = { indices: new Int32Array(), shiftsSamples: new Float64Array(), isVoiced: new Int32Array() }
  /** Samples that were given out, and what lies behind them so far. */
  let given = 0
  let begun: readonly Float64Array[] = []

  /** The pulses before a sample, and at least one behind it: noise lasts until the next pulse. */
  function locateBeyond(endSample: number): void {
    while (located < sampleCount && (located < endSample || !(known.indices[known.indices.length - 1] >= endSample))) {
      located = Math.min(Math.max(located, endSample) + fftSize, sampleCount)
      known = joined(known, locate(located))
    }
  }

  function trainOf({ firstFrame }: SynthesisPiece, count: number): Omit<PulseTrain, keyof VoiceRows | 'frameCount'> {
    const indices = known.indices.subarray(0, count)
    const last = known.indices[known.indices.length - 1]
    const noiseSamples = indices.map((index, pulse) => (known.indices[pulse + 1] ?? last) - index)
    return {
      fftSize,
      indices: indices.map((index) => index - given),
      shiftsSamples: known.shiftsSamples.subarray(0, count),
      isVoiced: known.isVoiced.subarray(0, count),
      framePositions: Float64Array.from(indices, (index) => Math.max(index / fs / framePeriodSec - firstFrame, 0)),
      noiseSamples,
      noiseState: noise.state(),
    }
  }

  return (piece) => {
    const endSample = Math.min(piece.endSample, sampleCount)
    const isLast = endSample === sampleCount
    locateBeyond(endSample)
    const behind = known.indices.findIndex((index) => index >= endSample)
    const count = isLast || behind < 0 ? known.indices.length : behind
    const train = trainOf(piece, count)
    const reach = isLast ? sampleCount : Math.min(endSample + half, sampleCount)
    const sounds = piece.channels.map((rows, channel) => {
      const sound = new Float64Array(reach - given)
      if (begun[channel]) sound.set(begun[channel])
      render({ ...train, ...rows, frameCount: rows.power.length / (half + 1) }, sound)
      return sound
    })
    noise.skip(train.noiseSamples.reduce((sum, samples) => sum + Math.min(samples, fftSize), 0))
    known = after(known, count)
    const complete = isLast ? sampleCount - given : Math.max(endSample - half + 1 - given, 0)
    given += complete
    begun = sounds.map((sound) => sound.slice(complete))
    return sounds.map((sound) => sound.subarray(0, complete))
  }
}

const joined = (first: Pulses, second: Pulses): Pulses => ({
  indices: concatenated([first.indices, second.indices], Int32Array),
  shiftsSamples: concatenated([first.shiftsSamples, second.shiftsSamples], Float64Array),
  isVoiced: concatenated([first.isVoiced, second.isVoiced], Int32Array),
})

const after = ({ indices, shiftsSamples, isVoiced }: Pulses, count: number): Pulses => ({
  indices: indices.slice(count),
  shiftsSamples: shiftsSamples.slice(count),
  isVoiced: isVoiced.slice(count),
})
