import { buildWavHeader } from '../../shared/formats/wav/build-header.ts'
import { encodeSamples } from '../../shared/formats/wav/samples.ts'
import type { ReportSound } from './report-data.ts'

/** The sound as a 16-bit WAV that plays from within the page. */
export function audioDataUri({ samples, rateHz }: ReportSound): string {
  const data = encodeSamples([samples], 'int16')
  const header = buildWavHeader({ rateHz, channelCount: 1, encoding: 'int16' }, data.length)
  return `data:audio/wav;base64,${Buffer.concat([header, data]).toString('base64')}`
}
