import { converterOfFile } from '../../../shared/formats/any-singer-file.ts'
import type { ConverterId } from '../../../shared/project/converters.ts'
import { openByteFile } from '../../files/audio-stream/byte-file.ts'
import type { Converter } from './converter.ts'
import { convertSpectrally } from './spectral.ts'

/** Every converter by the name on its singers' cards. */
export const converters: Readonly<Record<ConverterId, Converter>> = {
  'spectral-autoencoder': convertSpectrally,
  waveform: async (request, context, parts) => {
    // Tensors are loaded only by who computes with them.
    const { convertByWaveform } = await import('./waveform.ts')
    return convertByWaveform(request, context, parts)
  },
}

/** Who sings with the singer of a file; null where the file tells nobody: whoever loads it says what is wrong. */
export function converterOf(singerPath: string): ConverterId | null {
  try {
    const file = openByteFile(singerPath)
    try {
      const converter = converterOfFile(file.read)
      return converter.ok ? converter.value : null
    } finally {
      file.close()
    }
  } catch {
    return null
  }
}
