import { converterOfFile } from '../../../shared/formats/any-singer-file.ts'
import type { ConverterId } from '../../../shared/project/converters.ts'
import { openByteFile } from '../../files/audio-stream/byte-file.ts'
import type { Converter } from './converter.ts'
import { convertSpectrally } from './spectral.ts'

/** Every converter by the name on the cards of its singers and domains. */
export const converters: Readonly<Record<ConverterId, Converter>> = {
  'spectral-autoencoder': convertSpectrally,
  waveform: async (request, context, parts) => {
    // Tensors are loaded only by who computes with them.
    const { convertByWaveform } = await import('./waveform.ts')
    return convertByWaveform(request, context, parts)
  },
  translation: async (request, context, parts) => {
    const { convertByTranslation } = await import('./translation.ts')
    return convertByTranslation(request, context, parts)
  },
}

/** What converts with the singer or the domain of a file; null where the file tells nobody: whoever loads it says what is wrong. */
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
