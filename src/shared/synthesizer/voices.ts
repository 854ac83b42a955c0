import { REFERENCE_TRACT_CM, SHAPED_FORMANT_COUNT, type TractShape, type Vowel } from './phonemes.ts'

/** A singer as data: everything that makes one synthetic voice sound like another person than the next. */
export interface Voice {
  readonly name: string
  readonly tractLengthCm: number
  /** Multipliers of single resonances per vowel: the person's own mouth and accent. */
  readonly accent: Readonly<Partial<Record<Vowel, readonly number[]>>>
  /** 0…1: how far the third to fifth resonance cluster near 3 kHz (the singer's formant). */
  readonly ring: number
  /** Shape of the glottal pulse (Fant 1995, R_d) at the softest and the loudest: .5 pressed … 2.7 breathy. */
  readonly softPulse: number
  readonly loudPulse: number
  /** Level of the breath noise beside the pulse, linear. */
  readonly breath: number
  /** Relative spread of single periods and of their levels. */
  readonly jitter: number
  readonly shimmer: number
  readonly vibrato: {
    readonly rateHz: number
    readonly depthCents: number
    readonly delaySec: number
    readonly riseSec: number
  }
  /** How far below the first note of a phrase it starts, and how fast it slides between notes. */
  readonly scoopCents: number
  readonly glideSec: number
  /** Semitones that put tunes written around A3 (MIDI 57) into this voice's middle. */
  readonly transposeSemitones: number
}

/** The demo song's singer: a light tenor. */
const lead: Voice = {
  name: 'Lead',
  tractLengthCm: 16.2,
  accent: { a: [1.02, 1.04, 0.99, 1, 1, 1], o: [1.02, 0.97, 1, 1, 1, 1], e: [0.97, 1.02, 1, 1, 1, 1] },
  ring: 0.35,
  softPulse: 1.3,
  loudPulse: 0.7,
  breath: 0.055,
  jitter: 0.0012,
  shimmer: 0.025,
  vibrato: { rateHz: 5.5, depthCents: 38, delaySec: 0.28, riseSec: 0.3 },
  scoopCents: 90,
  glideSec: 0.03,
  transposeSemitones: 0,
}

/** A dark bass-baritone: long tract, strong ring, pressed and steep. */
const low: Voice = {
  name: 'Bruno',
  tractLengthCm: 18.4,
  accent: { a: [0.97, 0.95, 1.01, 1, 1, 1], i: [1.04, 0.96, 0.98, 1, 1, 1], u: [1.03, 0.95, 1, 1, 1, 1] },
  ring: 0.8,
  softPulse: 1.1,
  loudPulse: 0.58,
  breath: 0.03,
  jitter: 0.0014,
  shimmer: 0.03,
  vibrato: { rateHz: 5.1, depthCents: 52, delaySec: 0.22, riseSec: 0.28 },
  scoopCents: 140,
  glideSec: 0.042,
  transposeSemitones: -11,
}

/** A clear, airy soprano: short tract, round pulse, audible breath. */
const high: Voice = {
  name: 'Mira',
  tractLengthCm: 14,
  accent: { a: [1.03, 1.06, 1.02, 1, 1, 1], e: [1.03, 1.05, 1.01, 1, 1, 1], o: [0.98, 1.05, 1, 1, 1, 1] },
  ring: 0.15,
  softPulse: 1.9,
  loudPulse: 1.05,
  breath: 0.1,
  jitter: 0.001,
  shimmer: 0.02,
  vibrato: { rateHz: 6, depthCents: 42, delaySec: 0.32, riseSec: 0.34 },
  scoopCents: 60,
  glideSec: 0.026,
  transposeSemitones: 9,
}

/** A second singer for duets: an alto between the others. */
const harmony: Voice = {
  name: 'Harmony',
  tractLengthCm: 15,
  accent: { a: [0.98, 1.02, 1, 1, 1, 1], i: [1, 1.03, 1.02, 1, 1, 1] },
  ring: 0.25,
  softPulse: 1.6,
  loudPulse: 0.85,
  breath: 0.07,
  jitter: 0.0012,
  shimmer: 0.025,
  vibrato: { rateHz: 5.8, depthCents: 35, delaySec: 0.3, riseSec: 0.3 },
  scoopCents: 70,
  glideSec: 0.03,
  transposeSemitones: 4,
}

export const voices = { lead, low, high, harmony } as const satisfies Record<string, Voice>

/** Where the singer's formant gathers the third to fifth resonance, for the reference tract. */
const RING_FORMANTS_HZ = [2620, 2980, 3380]
const RING_BANDWIDTH_FACTOR = 0.72

/** The tract of this voice for one shape: scaled by its length, bent by its accent, gathered by its ring. */
export function shapeForVoice(voice: Voice, shape: TractShape, vowel: Vowel | null): TractShape {
  const scale = REFERENCE_TRACT_CM / voice.tractLengthCm
  const accent = vowel === null ? undefined : voice.accent[vowel]
  const formantsHz = new Array<number>(SHAPED_FORMANT_COUNT)
  const bandwidthsHz = new Array<number>(SHAPED_FORMANT_COUNT)
  for (let index = 0; index < SHAPED_FORMANT_COUNT; index++) {
    const gathered = index >= 2 && index <= 4
    const plainHz = shape.formantsHz[index]
    const rungHz = gathered ? plainHz + voice.ring * (RING_FORMANTS_HZ[index - 2] - plainHz) : plainHz
    formantsHz[index] = rungHz * scale * (accent?.[index] ?? 1)
    bandwidthsHz[index] =
      shape.bandwidthsHz[index] * scale * (gathered ? 1 - voice.ring * (1 - RING_BANDWIDTH_FACTOR) : 1)
  }
  return { formantsHz, bandwidthsHz }
}
