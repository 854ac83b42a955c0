import type { KernelModule } from '../kernels/instance.ts'
import type { SamplerPeaks } from './calibration.ts'
import { GROUP_SEGMENTS, type SamplerDecoder } from './decoder.ts'
import { createBatch, instantiateSampler } from './memory/batch.ts'
import { placeSampler } from './place-sampler.ts'
import { segmentOffsets, singSegments, type SamplingSong } from './song.ts'

/**
 * How far a decoder's channels reach while it sings `song`: what integers are scaled by. A second or two of every kind
 * of thing that it will sing is enough, since there is room above it.
 * @param module the f32 sampler
 */
export function measurePeaks(module: KernelModule, decoder: SamplerDecoder, song: SamplingSong): SamplerPeaks {
  const options = { groups: 1, mostSamples: song.hop, keepsPeaks: true }
  const { memory, network, batches } = placeSampler(decoder, null, [options])
  const batch = createBatch(instantiateSampler(module, memory), memory.buffer, network, batches[0])
  const offsets = segmentOffsets(song)
  let next = 0
  const take = () => (next < song.segments.length ? next++ : null)
  const turns = { take, advance: () => {}, mostAtOnce: GROUP_SEGMENTS }
  singSegments(batch, song, turns, new Uint8Array(offsets[offsets.length - 1]))
  const peaks = batch.peaks()
  const { residual, skip, dilations } = decoder
  const skipsFrom = residual * dilations.length
  return {
    layers: dilations.map((_, layer) => peaks.slice(residual * layer, residual * (layer + 1))),
    skips: peaks.slice(skipsFrom, skipsFrom + skip),
    hidden: peaks.slice(skipsFrom + skip),
  }
}
