import type { Numbers } from '../dsp/numbers.ts'
import { createBandFrameReader } from './band-frames.ts'
import { createBandwidthMeter } from './bandwidth.ts'
import { takeFingerprint, type Fingerprint } from './fingerprint.ts'
import { measureRoom } from './room-sound.ts'
import { cutSlices, type ClipSlice } from './slices.ts'
import { createNoiseMeter } from './steady-noise.ts'
import { takeVoicePrint, type VoiceMixture, type VoicePrint } from './voice-print.ts'

/** What is measured of one clip's sound, before anything is judged. */
export interface ClipFacts {
  readonly voiceOverNoiseDb: number | null
  readonly noiseUnsteadinessDb: number
  readonly steepestFallDb: number | null
  readonly cutoffHz: number | null
  readonly slices: readonly ClipSlice[]
  readonly fingerprint: Fingerprint
  /** Null where no mixture of voices is at hand. */
  readonly voicePrint: VoicePrint | null
}

export interface ClipExaminer {
  /** Mono, in order, any block length. */
  push(mono: Numbers): void
  finish(): ClipFacts
}

/** The spectrum's edge needs hundreds of windows, not thousands. */
const BANDWIDTH_WINDOWS = 1500
const SHORTEST_BANDWIDTH_HOP_SEC = 0.02

/** Examines mono sound at any rate from 16 kHz on in one pass; ten minutes take 10 MB and some seconds. */
export function createClipExaminer(rateHz: number, durationSec: number, mixture: VoiceMixture | null): ClipExaminer {
  const bands = createBandFrameReader(rateHz)
  const noise = createNoiseMeter(rateHz)
  const bandwidth = createBandwidthMeter(rateHz, Math.max(SHORTEST_BANDWIDTH_HOP_SEC, durationSec / BANDWIDTH_WINDOWS))
  return {
    push(mono) {
      for (const meter of [bands, noise, bandwidth]) meter.push(mono)
    },
    finish() {
      const frames = bands.finish()
      const { voiceOverNoiseDb, unsteadinessDb } = noise.finish()
      return {
        voiceOverNoiseDb,
        noiseUnsteadinessDb: unsteadinessDb,
        ...measureRoom(frames),
        ...bandwidth.finish(),
        slices: cutSlices(frames),
        fingerprint: takeFingerprint(frames),
        voicePrint: mixture === null ? null : takeVoicePrint(frames, mixture),
      }
    },
  }
}
