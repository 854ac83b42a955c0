import type { BandRatios } from '../../shared/conversion/harmonics-to-noise.ts'
import type { TimbreSet } from '../../shared/conversion/timbre-set.ts'
import { roughness, timbreOf, type EnvelopeClip } from '../../shared/evaluation/index.ts'
import type { Heard } from './listening.ts'

/** What a result is held to of a person's own recordings, measured once. */
export interface OwnVoice {
  readonly envelopes: readonly EnvelopeClip[]
  readonly breath: readonly BandRatios[]
  readonly roughness: readonly (number | null)[]
  readonly timbre: readonly TimbreSet[]
}

export function ownVoice(recordings: readonly Heard[]): OwnVoice {
  const features = recordings.flatMap((recording) => (recording.features === null ? [] : [recording.features]))
  return {
    envelopes: recordings.map(({ clip }) => clip.envelope),
    breath: features.map(({ harmonicsToNoise }) => harmonicsToNoise),
    roughness: recordings.map(({ sound, f0 }) => roughness(sound.samples, sound.rateHz, f0)),
    timbre: features.map(timbreOf),
  }
}
