import type { Numbers } from '../dsp/numbers.ts'
import type { SpectralBank } from '../conversion/singer-model.ts'
import type { NoteEase, TriedNote } from '../project/singer-range.ts'
import { hzToMidi, midiToHz, type Midi } from '../units/pitch.ts'
import { BANDS, LOW_BANDS } from './envelope-clip.ts'
import { median } from '../conversion/pitch-figures.ts'
import { roughness } from './roughness.ts'

/** A note that was sung by a source and by a singer, cut out of both at the same place. */
export interface SungNote {
  readonly midi: Midi
  readonly rateHz: number
  readonly source: { readonly samples: Numbers; readonly f0: Numbers }
  readonly sung: { readonly samples: Numbers; readonly f0: Numbers }
  /** [frames × 64] of the sung note at 5 ms, every frame's low-band mean removed. */
  readonly shapes: Numbers
}

/** Real frames count as "at that pitch" within this; wider where there are too few, up to the farthest. */
const NEAR_SEMITONES = [1, 2, 3, 5] as const
/** A second: fewer hold too few of the sounds that a mouth makes. */
const LEAST_NEAR_FRAMES = 100
/** More real frames than this tell nothing new about how near the nearest is. */
const MOST_NEAR_FRAMES = 400
/** Every so many frames of the note are compared. */
const FRAME_STEP = 2
const DB_PER_NEPER_OF_POWER = 10 / Math.LN10

/**
 * What is good enough. On notes that the clips hold, the tried singers (two of the synthesizer, one of recordings) were
 * 2.5 to 5.5 dB from their own frames and at most .69 rough; beyond them the distance grew to 6 to 11 dB. Each figure
 * alone can make a note hard.
 */
const LIMITS = {
  comfortable: { pitchErrorCents: 12, voicedFraction: 0.9, distanceDb: 5.5, roughness: 0.75 },
  usable: { pitchErrorCents: 35, voicedFraction: 0.75, distanceDb: 8, roughness: 0.9 },
} as const

/** Measures one note of a scale against what was asked for and against the singer's own frames. */
export function measureNote(note: SungNote, bank: SpectralBank): TriedNote {
  const measured = {
    midi: note.midi,
    pitchErrorCents: told(pitchError(note)),
    voicedFraction: told(voicedFraction(note)),
    distanceDb: told(distanceFromReal(note, bank)),
    roughness: told(roughness(note.sung.samples, note.rateHz, note.sung.f0)),
  }
  return { ...measured, ease: easeOf(measured) }
}

/** A card tells no more digits than anybody hears. */
const told = <Value extends number | null>(value: Value): Value =>
  // Rounding leaves null null and a number a number.
  (value === null ? null : Math.round(value * 1000) / 1000) as Value

/** What can't be told speaks against a note, but for smoothness: a short note may be too short to tell. */
export function easeOf({
  pitchErrorCents,
  voicedFraction,
  distanceDb,
  roughness: rough,
}: Omit<TriedNote, 'ease'>): NoteEase {
  const isWithin = (limits: (typeof LIMITS)[keyof typeof LIMITS]) =>
    (pitchErrorCents ?? Infinity) <= limits.pitchErrorCents &&
    voicedFraction >= limits.voicedFraction &&
    (distanceDb ?? Infinity) <= limits.distanceDb &&
    (rough ?? 0) <= limits.roughness
  if (isWithin(LIMITS.comfortable)) return 'comfortable'
  return isWithin(LIMITS.usable) ? 'usable' : 'poor'
}

function pitchError({ midi, sung, source }: SungNote): number | null {
  const wanted = median(Array.from(source.f0).filter((hz) => hz > 0)) ?? midiToHz(midi)
  const cents = Array.from(sung.f0)
    .filter((hz) => hz > 0)
    .map((hz) => Math.abs(1200 * Math.log2(hz / wanted)))
  return median(cents)
}

function voicedFraction({ source, sung }: SungNote): number {
  let asked = 0
  let kept = 0
  for (let frame = 0; frame < Math.min(source.f0.length, sung.f0.length); frame++) {
    if (!(source.f0[frame] > 0)) continue
    asked++
    if (sung.f0[frame] > 0) kept++
  }
  return asked === 0 ? 0 : kept / asked
}

/** Mean over the voiced frames of the distance to the nearest real one at this pitch, RMS over the low bands. */
function distanceFromReal({ midi, sung, shapes }: SungNote, bank: SpectralBank): number | null {
  const real = framesNear(midi, bank)
  if (real === null) return null
  let sum = 0
  let count = 0
  for (let frame = 0; frame < shapes.length / BANDS; frame += FRAME_STEP) {
    if (!(sung.f0[frame] > 0)) continue
    sum += Math.sqrt(Math.min(...real.map((near) => squaredDistance(shapes, frame, bank.shapes, near))))
    count++
  }
  return count === 0 ? null : (DB_PER_NEPER_OF_POWER * sum) / count
}

/** Indices of the bank's frames nearest in pitch; null where the singer never sang near it. */
function framesNear(midi: Midi, { f0 }: SpectralBank): readonly number[] | null {
  for (const reach of NEAR_SEMITONES) {
    const near = Array.from(f0.keys()).filter((frame) => f0[frame] > 0 && Math.abs(hzToMidi(f0[frame]) - midi) <= reach)
    if (near.length < LEAST_NEAR_FRAMES) continue
    const step = Math.max(1, near.length / MOST_NEAR_FRAMES)
    return Array.from({ length: Math.min(near.length, MOST_NEAR_FRAMES) }, (_, index) => near[Math.floor(index * step)])
  }
  return null
}

function squaredDistance(shapes: Numbers, frame: number, real: Float32Array, realFrame: number): number {
  let sum = 0
  for (let band = 0; band < LOW_BANDS; band++) {
    const difference = shapes[frame * BANDS + band] - real[realFrame * BANDS + band]
    sum += difference * difference
  }
  return sum / LOW_BANDS
}
