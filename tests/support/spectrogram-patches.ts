import { melSpectrogram, naturalLogMel } from '../../src/shared/dsp/mel-spectrogram.ts'
import { makeSingerClips, voices } from '../../src/shared/synthesizer/index.ts'

const CONVENTION = { ...naturalLogMel, bandCount: 32 }
/** Of ln magnitude. */
const RANGE = [-11, 4] as const
const LEVELS = 256
const TRAINED_SHARE = 0.8

export interface SpectrogramPatches {
  readonly trained: readonly Float32Array[]
  /** From the ends of the recordings. */
  readonly heldOut: readonly Float32Array[]
}

/** Square patches, bands by frames, of mel spectrograms that two voices of the product's synthesizer sing: levels 0 … 255. */
export function spectrogramPatches(side: number): SpectrogramPatches {
  const trained: Float32Array[] = []
  const heldOut: Float32Array[] = []
  for (const voice of [voices.high, voices.low]) {
    const { samples } = makeSingerClips(voice, 1, CONVENTION.rateHz, 3)[0]
    const { frameCount: count, values: frames } = melSpectrogram(samples, CONVENTION.rateHz, CONVENTION)
    for (let first = 0; first + side <= count; first += side / 2)
      for (let band = 0; band + side <= CONVENTION.bandCount; band += side) {
        const patch = Float32Array.from({ length: side * side }, (_, i) =>
          levelOf(frames[(first + (i % side)) * CONVENTION.bandCount + band + Math.floor(i / side)]),
        )
        const isTrained = first < count * TRAINED_SHARE
        ;(isTrained ? trained : heldOut).push(patch)
      }
  }
  return { trained, heldOut }
}

const levelOf = (value: number): number => {
  const share = (value - RANGE[0]) / (RANGE[1] - RANGE[0])
  return Math.round(Math.min(Math.max(share, 0), 1) * (LEVELS - 1))
}
