import type { LoadedWaveformSinger } from '../models/waveform-store.ts'
import type { NetworkSinger } from '../waveform/sing-region.ts'

/** A waveform singer, with the row that the decoder is told. */
export function inNetworkTerms({ model, decoder, row }: LoadedWaveformSinger): NetworkSinger {
  const { medianHz, isSung } = model.voices[row]
  const table = model.parameters.get('singers/table')?.values ?? new Float32Array(0)
  const width = model.config.singer
  return {
    model,
    decoder,
    row: table.slice(row * width, (row + 1) * width),
    register: { medianLog2F0: Math.log2(medianHz), isSung },
  }
}
