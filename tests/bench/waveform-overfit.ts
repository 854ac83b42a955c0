import { parseScore, synthesize, voices, type Voice } from '../../src/shared/synthesizer/index.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { muLawSample } from '../../src/shared/dsp/mu-law.ts'
import { soundStatistics, trainLinearDiscriminant, type LinearDiscriminant } from '../../src/shared/evaluation/index.ts'
import {
  WAVENET_RATE_HZ,
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { stretchTracks } from '../../src/shared/networks/wavenet-autoencoder/pitch-track.ts'
import { wavenetAutoencoderShapes } from '../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { createParameterLayout, packParameters, type StoredParameters } from '../../src/shared/nn/parameters.ts'
import {
  codePitch,
  codeWaveform,
  pitchHopOf,
  type WaveformClip,
} from '../../src/shared/training/wavenet-autoencoder/clip.ts'
import { waveformPlans, type WaveformPlan } from '../../src/shared/training/wavenet-autoencoder/plans.ts'
import { encodeAll, type SingSegments } from '../../src/shared/training/wavenet-autoencoder/translations.ts'

/**
 * The smallest thing that both phases must manage: a second each of two synthetic singers with different tracts, who
 * sing the same notes, so that nothing but their timbre tells them apart.
 */
export const overfitConfig: WavenetAutoencoderConfig = {
  ...wavenetAutoencoderSizes.paper,
  encoder: { channels: 16, blocks: 1, layersPerBlock: 5 },
  decoder: { channels: 32, skip: 64, blocks: 1, layersPerBlock: 7 },
  latent: 6,
  singer: 4,
  adversary: 16,
}

export const overfitPlan: WaveformPlan = {
  ...waveformPlans.paper,
  stepCount: 6000,
  batchSize: 1,
  // A second is soon known by heart: led by it as it was, a decoder goes on in one vowel, whatever it is told.
  pastNoise: { upTo: 8 },
  segmentSamples: 4000,
  isAugmented: false,
  rates: { autoencoder: 4e-3, decay: 0.98, decaySteps: 50, adversaries: 4e-3 },
  translation: { startStep: 4000, every: { steps: 1000 }, segments: 40, segmentSamples: 4000, temperature: 1 },
  checkSteps: 100,
}

/** Notes whose periods the decoder reaches over. */
const NOTES = ['D4:0.5:a', 'E4:0.5:e', 'F4:0.5:o', 'E4:0.5:a'] as const
const BPM = 120
const TUNED_FRAME_HZ = 200
/** Clips of other notes that the judge learns from. */
const JUDGED_CLIPS = 6
/** What is drawn sample by sample is never without noise: it must not tell the judge who sings. Of full scale. */
const NOISE_GAINS = [0, 0.01, 0.03] as const

/** Their pulses alone: breath and the spread of periods are no voice's own here. */
const clean = (voice: Voice): Voice => ({ ...voice, breath: 0, jitter: 0, shimmer: 0 })
const singers = [clean(voices.low), clean(voices.high)]

const sing = (voice: Voice, notes: readonly string[], seed: number) =>
  synthesize({ ...parseScore(notes, BPM), durationSec: 1 }, voice, WAVENET_RATE_HZ, seed)

export function overfitClips(): readonly WaveformClip[] {
  return singers.map((voice, singerIndex) => {
    const { samples, f0Hz } = sing(voice, NOTES, 1)
    const pitchHop = pitchHopOf(overfitConfig)
    return {
      singerIndex,
      levels: codeWaveform(samples),
      pitch: codePitch(f0Hz, WAVENET_RATE_HZ / TUNED_FRAME_HZ, samples.length, pitchHop),
    }
  })
}

/** Tells the two singers by other notes of theirs, and knows nothing of any network. */
export function overfitJudge(): (levels: Uint8Array) => number {
  const [random, noise] = [createRandom(5), createRandom(6)]
  const examples = singers.flatMap((voice, label) =>
    Array.from({ length: JUDGED_CLIPS }, (_, seed) => {
      const notes = NOTES.map(() => `${'CDEFG'[random.integer(5)]}4:0.5:${'aeo'[random.integer(3)]}`)
      return sing(voice, notes, seed).samples
    })
      .flatMap((samples) => NOISE_GAINS.map((gain) => samples.map((value) => value + gain * noise.normal())))
      .flatMap((samples) => soundStatistics(asHeard(codeWaveform(samples)), WAVENET_RATE_HZ))
      .map((values) => ({ values, label })),
  )
  const judge: LinearDiscriminant = trainLinearDiscriminant(examples, singers.length)
  return (levels) => {
    const [values] = soundStatistics(asHeard(levels), WAVENET_RATE_HZ)
    const scores = judge.classify(values)
    return scores.indexOf(Math.max(...scores))
  }
}

const asHeard = (levels: Uint8Array): Float32Array => Float32Array.from(levels, muLawSample)

/** Each clip as each singer: whom the judge hears, [source][singer]. */
export async function judgeConversions(
  parameters: StoredParameters,
  clips: readonly WaveformClip[],
  singSegments: SingSegments,
  judge: (levels: Uint8Array) => number,
): Promise<readonly (readonly number[])[]> {
  const config = overfitConfig
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, clips.length))
  const weights = packParameters(layout, parameters)
  const table = parameters.get('singers/table')?.values ?? new Float32Array(0)
  const heard: number[][] = []
  for (const { levels, pitch } of clips) {
    const sound = levels.subarray(0, config.hop * Math.floor(levels.length / config.hop))
    const latents = await encodeAll({ config, layout }, weights, [sound], 1)
    const row: number[] = []
    for (let singer = 0; singer < clips.length; singer++) {
      const sung = await singSegments({
        config,
        parameters,
        segmentFrames: [sound.length / config.hop],
        held: latents,
        pitch: pitch && stretchTracks(pitch, 1, sound.length),
        rows: table.slice(singer * config.singer, (singer + 1) * config.singer),
        seed: 1,
        temperature: 1,
      })
      row.push(judge(sung))
    }
    heard.push(row)
  }
  return heard
}
