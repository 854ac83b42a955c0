import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { RenderKey, SourceId } from '../base/id.ts'
import type { Hertz, Samples } from '../units/time.ts'
import { whatIsHeard, type Performance } from './performance.ts'

export interface RenderRequest {
  readonly sourceId: SourceId
  readonly rateHz: Hertz
  readonly sourceStartSamples: Samples
  readonly durationSamples: Samples
  readonly performance: Performance
  /** Digests of the singers' checkpoints, as `singersDigest` joins them. */
  readonly singerDigest: string
  /** Digest of the emotion's tables; ignored when nothing is changed. */
  readonly emotionDigest: string
  /** Digest of the trained vocoder that renders; missing for what comes with the program. */
  readonly vocoderDigest?: string | undefined
  /** Version of the conversion: raised whenever the same request would sound different. */
  readonly engineVersion: number
}

/** SHA-256 over everything that decides a render's sound: same key, same bytes. */
export function renderKey(request: RenderRequest): RenderKey {
  const heard = whatIsHeard(request.performance)
  const deciding = [
    'understudy-render',
    request.engineVersion,
    request.sourceId,
    request.rateHz,
    request.sourceStartSamples,
    request.durationSamples,
    request.singerDigest,
    heard.emotion === 'neutral' ? '' : request.emotionDigest,
    heard,
    ...(request.vocoderDigest === undefined ? [] : [request.vocoderDigest]),
  ]
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(deciding)))) as RenderKey // the hash is what the brand means
}
