import { loadDomain } from '../models/domain-store.ts'
import { domainSinger } from '../translation/translate-sound.ts'
import type { Converter } from './converter.ts'
import { convertSampleBySample } from './sample-by-sample.ts'

/**
 * Plays a region anew as a domain of music would (`singRegion`): at the source's own pitch, and where the domain was told
 * pitch, moved and edited as the performance asks. Nothing that changes an envelope is heard.
 */
export const convertByTranslation: Converter = async (request, context, parts) => {
  const load = () => domainSinger(loadDomain(request.singerPath).model)
  return { ...(await convertSampleBySample(load, request, context, parts)), isPlayed: true }
}
