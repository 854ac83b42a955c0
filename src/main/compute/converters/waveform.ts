import { loadWaveformSinger } from '../models/waveform-store.ts'
import type { Converter } from './converter.ts'
import { inNetworkTerms } from './network-singer.ts'
import { convertSampleBySample } from './sample-by-sample.ts'

/**
 * Sings a region anew with the singer's row (`singRegion`). Emotions, formants, strength, likeness and blends are not
 * heard.
 */
export const convertByWaveform: Converter = (request, context, parts) =>
  convertSampleBySample(() => inNetworkTerms(loadWaveformSinger(request.singerPath)), request, context, parts)
