import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { auxiliary, type Auxiliary } from './auxiliary.ts'
import { activeMeanShape, encoderInputReader, shapeReader, type ReadEncoderInput } from './encoder-input.ts'
import { ACTIVE_RANGE, activeFrames, everySecond, frameEnergy, loudEnergy } from './features.ts'
import type { FrameRows } from './frame-rows.ts'

/** What a conversion knows of its source, once per file. Frames of 5 ms, slow frames of 10 ms. */
export interface SourceFeatures {
  readonly frameCount: number
  readonly slowFrameCount: number
  /** ln of power per mel band. */
  readonly lm: FrameRows
  readonly f0: Numbers
  readonly energies: Float64Array
  readonly active: Uint8Array
  /** Energy from which a frame is active. */
  readonly activeThreshold: number
  readonly auxiliary: Auxiliary
  /** The encoder's input for a network of this spread, slow frames. */
  encoderInput(spread: number): ReadEncoderInput
}

/** From ln power and pitch of the whole file, after transposition. */
export function sourceFeatures(lm: FrameRows, f0: Numbers): SourceFeatures {
  const frameEnergies = energiesOf(lm)
  const slowEnergies = everySecond(frameEnergies)
  const slowActive = activeFrames(slowEnergies)
  const readShape = shapeReader(lm, 2)
  const clipMean = activeMeanShape(slowEnergies.length, slowActive, readShape)
  const aux = auxiliary(everySecond(f0), slowEnergies)
  return {
    frameCount: frameEnergies.length,
    slowFrameCount: slowEnergies.length,
    lm,
    f0,
    energies: frameEnergies,
    active: activeFrames(frameEnergies),
    activeThreshold: loudEnergy(frameEnergies) - ACTIVE_RANGE,
    auxiliary: aux,
    encoderInput: (spread) => encoderInputReader(readShape, aux, clipMean, spread),
  }
}

function energiesOf(lm: FrameRows): Float64Array {
  const row = new Float64Array(BAND_COUNT)
  const result = new Float64Array(lm.frameCount)
  for (let frame = 0; frame < lm.frameCount; frame++) {
    lm.read(frame, row)
    result[frame] = frameEnergy(row, 0)
  }
  return result
}
