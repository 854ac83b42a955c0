import { dilationsOf, type WavenetBlocks } from '../networks/wavenet-autoencoder/config.ts'
import type { SamplerPeaks } from '../sampling/calibration.ts'
import { PANEL_ROWS, paddedTo } from '../sampling/decoder.ts'
import { singles, type TensorReader } from './model-tensors.ts'
import type { RawTensor } from './safetensors.ts'

/** Far beyond what a channel reaches, and near enough that nothing computed from it overflows. */
const PLAUSIBLE = [0, 1e6] as const

/** What a decoder's channels reach, as tensors of a file. */
export const peakTensors = ({ layers, skips, hidden }: SamplerPeaks): readonly (readonly [string, RawTensor])[] => [
  ...layers.map((layer, index) => [`peaks/layer${index}`, singles(layer)] as const),
  ['peaks/skips', singles(skips)],
  ['peaks/hidden', singles(hidden)],
]

export const peakNames = ({ decoder }: Pick<WavenetBlocks, 'decoder'>): readonly string[] => [
  ...dilationsOf(decoder).map((_, layer) => `peaks/layer${layer}`),
  'peaks/skips',
  'peaks/hidden',
]

/** The counterpart of `peakTensors`; what is wrong is noted by the reader. */
export function readPeaks(reader: TensorReader, { decoder }: Pick<WavenetBlocks, 'decoder'>): SamplerPeaks {
  const [residual, skip] = [decoder.channels, decoder.skip].map((channels) => paddedTo(PANEL_ROWS, channels))
  return {
    layers: dilationsOf(decoder).map((_, layer) => reader.singles(`peaks/layer${layer}`, [residual], PLAUSIBLE)),
    skips: reader.singles('peaks/skips', [skip], PLAUSIBLE),
    hidden: reader.singles('peaks/hidden', [skip], PLAUSIBLE),
  }
}
