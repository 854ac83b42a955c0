import type { Random } from '../../src/shared/base/random.ts'
import { midiToHz, semitonesToRatio, type Midi } from '../../src/shared/units/pitch.ts'
import type { Hertz, Seconds } from '../../src/shared/units/time.ts'

/** An instrument of one voice, as harmonics of a pitch: enough to be told from another by ear and by any judge. */
export interface Instrument {
  /** Amplitude of harmonic n at so many Hz. */
  readonly harmonic: (n: number, hz: number) => number
  readonly vibratoCents: number
  readonly attackSec: Seconds
  /** Of white noise under the tone. */
  readonly noise: number
}

const VIBRATO_HZ = 5.2
const RELEASE_SEC = 0.03
/** Harmonics end a little below half the rate. */
const HIGHEST_SHARE = 0.45
const PEAK = 0.7

/** A resonance of a body, as a gain. */
const resonance = (hz: number, atHz: number, widthHz: number, gain: number): number =>
  1 + gain / (1 + ((hz - atHz) / widthHz) ** 2)

export const instruments = {
  /** Nearly a sine, with a little air. */
  flute: {
    harmonic: (n) => [0, 1, 0.3, 0.1, 0.03][n] ?? 0,
    vibratoCents: 5,
    attackSec: 0.05,
    noise: 0.004,
  },
  /** The bow's saw-tooth through a body. */
  fiddle: {
    harmonic: (n, hz) => (resonance(hz, 480, 120, 1) * resonance(hz, 2400, 700, 3)) / n,
    vibratoCents: 15,
    attackSec: 0.03,
    noise: 0.004,
  },
} as const satisfies Readonly<Record<string, Instrument>>

export interface PlayedNote {
  readonly midi: Midi
  readonly durationSec: Seconds
}

/** Notes of a major scale, a step or two apart, from C4 to C5 as a rule. */
export function drawMelody(random: Random, durationSec: Seconds): readonly PlayedNote[] {
  const scale = [60, 62, 64, 65, 67, 69, 71, 72]
  const notes: PlayedNote[] = []
  let [at, place] = [0, random.integer(scale.length)]
  while (at < durationSec) {
    const lasts = Math.min(0.25 + 0.05 * random.integer(8), durationSec - at)
    notes.push({ midi: scale[place], durationSec: lasts })
    at += lasts
    place = Math.min(Math.max(place + random.integer(5) - 2, 0), scale.length - 1)
  }
  return notes
}

/** A melody as an instrument plays it, and its true pitch at every sample. Deterministic. */
export function play(
  { harmonic, vibratoCents, attackSec, noise }: Instrument,
  notes: readonly PlayedNote[],
  rateHz: Hertz,
  random: Random,
): { readonly samples: Float32Array; readonly f0Hz: Float32Array } {
  const lengths = notes.map(({ durationSec }) => Math.round(durationSec * rateHz))
  const length = lengths.reduce((sum, one) => sum + one, 0)
  const [samples, f0Hz] = [new Float32Array(length), new Float32Array(length)]
  let [phase, at] = [0, 0]
  notes.forEach(({ midi }, note) => {
    for (let i = 0; i < lengths[note]; i++, at++) {
      const sec = at / rateHz
      const cents = vibratoCents * Math.sin(2 * Math.PI * VIBRATO_HZ * sec)
      const hz = midiToHz(midi) * semitonesToRatio(cents / 100)
      const level = Math.min((i + 1) / (attackSec * rateHz), (lengths[note] - i) / (RELEASE_SEC * rateHz), 1)
      phase = (phase + hz / rateHz) % 1
      let sum = noise * random.normal()
      for (let n = 1; n * hz < HIGHEST_SHARE * rateHz; n++)
        sum += harmonic(n, n * hz) * Math.sin(2 * Math.PI * n * phase)
      samples[at] = level * sum
      f0Hz[at] = hz
    }
  })
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return { samples: samples.map((sample) => (PEAK * sample) / peak), f0Hz }
}
