import { assert } from '../base/assert.ts'
import { createRandom } from '../base/random.ts'
import { secondsToSamples, type Hertz } from '../units/time.ts'
import { articulate, type ArticulationTracks } from './articulation.ts'
import { createFricationSource, whiteNoise } from './frication.ts'
import { createGlottalTables } from './glottal-source.ts'
import { REFERENCE_TRACT_CM, SHAPED_FORMANT_COUNT, vowelShapes } from './phonemes.ts'
import { pitchTrack } from './pitch-track.ts'
import type { Score } from './score.ts'
import { createVocalTract } from './vocal-tract.ts'
import { shapeForVoice, type Voice } from './voices.ts'

/** A sung recording together with what is true about it. */
export interface SungRecording {
  /** Mono, peak `PEAK`. */
  readonly samples: Float32Array
  /** True pitch at every 5 ms (frame k stands at k · 5 ms), 0 where nothing is voiced. */
  readonly f0Hz: Float32Array
  /** 1 where the vocal folds sound. */
  readonly isVoiced: Uint8Array
}

export const SYNTHESIS_FRAME_SEC = 0.005
export const PEAK = 0.7
const CONTROL_RATE_HZ = 1000
/** Often enough that a moving resonance makes no step one could hear. */
const SAMPLES_PER_TRACT_MOVE = 8
const CONTROL_STEPS_PER_FRAME = SYNTHESIS_FRAME_SEC * CONTROL_RATE_HZ
/** Below this share of full voicing no ear and no meter finds a pitch. */
const VOICED_FROM = 0.12
const LOWEST_RATE_HZ = 16_000
/** From softest to loudest. */
const EFFORT_RANGE_DB = 13
const FRICATION_LEVEL = 0.16
/** The first resonance of a high note is opened up to the pitch, as sopranos do. */
const FIRST_FORMANT_OVER_PITCH = 1.04

/**
 * Sings a score: glottal pulses and breath through a moving tract, with the hiss and bursts of the consonants beside.
 * Deterministic: the same score, voice, rate (Hz, at least 16,000) and seed give the same samples on every machine.
 */
export function synthesize(score: Score, voice: Voice, rateHz: Hertz, seed: number): SungRecording {
  assert(rateHz >= LOWEST_RATE_HZ, `at least ${LOWEST_RATE_HZ} Hz are expected, found ${rateHz}`)
  const random = createRandom(seed)
  const log2F0 = pitchTrack(score, voice, CONTROL_RATE_HZ, random)
  const tracks = articulate(score, voice, CONTROL_RATE_HZ)
  const samples = sing(log2F0, tracks, voice, secondsToSamples(score.durationSec, rateHz), rateHz, seed)
  normalizePeak(samples)
  return { samples, ...truth(log2F0, tracks) }
}

function sing(
  log2F0: Float64Array,
  tracks: ArticulationTracks,
  voice: Voice,
  sampleCount: number,
  rateHz: Hertz,
  seed: number,
): Float32Array {
  const random = createRandom(seed ^ 0x5eed)
  const tables = createGlottalTables(rateHz)
  const neutral = shapeForVoice(voice, vowelShapes.neutral, 'neutral')
  const tract = createVocalTract(voice.tractLengthCm, neutral.formantsHz[SHAPED_FORMANT_COUNT - 1], rateHz)
  const hiss = createFricationSource(rateHz)
  const hissScale = Math.sqrt(REFERENCE_TRACT_CM / voice.tractLengthCm) // front cavities differ less than whole tracts
  const samples = new Float32Array(sampleCount)
  const lastStep = log2F0.length - 2
  let phase = 0
  let periodFactor = 1
  let pulseGain = 1
  let band = 0
  let tunedStep = -1
  for (let index = 0; index < sampleCount; index++) {
    const position = (index / rateHz) * CONTROL_RATE_HZ
    const step = Math.min(lastStep, Math.floor(position))
    const share = Math.min(1, position - step)
    const at = (track: Float64Array) => track[step] + share * (track[step + 1] - track[step])
    const f0Hz = 2 ** at(log2F0)
    if (index % SAMPLES_PER_TRACT_MOVE === 0) moveTract(step, share, f0Hz)
    if (step !== tunedStep) {
      tunedStep = step
      band = tables.bandFor(f0Hz)
      hiss.tune(tracks.fricationCenterHz[step] * hissScale, tracks.fricationBandwidthHz[step])
    }
    phase += (f0Hz / rateHz) * periodFactor
    if (phase >= 1) {
      phase -= 1
      periodFactor = 1 + voice.jitter * random.normal()
      pulseGain = 1 + voice.shimmer * random.normal()
    }
    const effort = at(tracks.effort)
    const level = 10 ** (((effort - 1) * EFFORT_RANGE_DB) / 20)
    const pulse = voice.softPulse + effort * (voice.loudPulse - voice.softPulse)
    const voicing = at(tracks.voicing)
    const buzz = voicing > 1e-4 ? voicing * level * pulseGain * tables.read(phase, pulse, band) : 0
    const opening = Math.sin(Math.PI * phase * Math.sqrt(phase)) ** 2 // air flows while the glottis is open
    const breathGain = at(tracks.aspiration) * (voicing > 0.05 ? level * (0.3 + opening) : 1)
    const frication = at(tracks.frication)
    const mouthNoise = hiss.next(random)
    samples[index] = tract.filter(buzz + breathGain * whiteNoise(random)) + FRICATION_LEVEL * frication * mouthNoise
  }
  return samples

  function moveTract(step: number, share: number, f0Hz: number): void {
    for (let formant = 0; formant < SHAPED_FORMANT_COUNT; formant++) {
      const [frequencies, bandwidths] = [tracks.formantsHz[formant], tracks.bandwidthsHz[formant]]
      const targetHz = frequencies[step] + share * (frequencies[step + 1] - frequencies[step])
      const hz = formant === 0 ? Math.max(targetHz, FIRST_FORMANT_OVER_PITCH * f0Hz) : targetHz
      tract.shape(formant, hz, bandwidths[step] + share * (bandwidths[step + 1] - bandwidths[step]))
    }
  }
}

function normalizePeak(samples: Float32Array): void {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  if (peak === 0) return
  for (let index = 0; index < samples.length; index++) samples[index] *= PEAK / peak
}

function truth(log2F0: Float64Array, tracks: ArticulationTracks): Pick<SungRecording, 'f0Hz' | 'isVoiced'> {
  const frameCount = Math.floor((log2F0.length - 1) / CONTROL_STEPS_PER_FRAME) + 1
  const f0Hz = new Float32Array(frameCount)
  const isVoiced = new Uint8Array(frameCount)
  for (let frame = 0; frame < frameCount; frame++) {
    const step = frame * CONTROL_STEPS_PER_FRAME
    if (tracks.voicing[step] < VOICED_FROM) continue
    isVoiced[frame] = 1
    f0Hz[frame] = 2 ** log2F0[step]
  }
  return { f0Hz, isVoiced }
}
