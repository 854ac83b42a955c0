import { mixDown } from '../../../shared/conversion/sound.ts'
import { openWavReader } from '../../files/wav-file.ts'

/** A whole clip of the library, channels averaged. Throws FailureError as `openWavReader` does. */
export function readMono(path: string): { readonly mono: Float32Array; readonly rateHz: number } {
  const reader = openWavReader(path)
  try {
    const { durationSamples, rateHz } = reader
    return { mono: durationSamples === 0 ? new Float32Array(0) : mixDown(reader.read(0, durationSamples)), rateHz }
  } finally {
    reader.close()
  }
}
