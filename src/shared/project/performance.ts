import type { PerformerId, SingerId } from '../base/id.ts'
import type { Samples } from '../units/time.ts'
import type { Curve } from './curve.ts'
import { usualRenderer, type RendererId } from './renderers.ts'

/** What a region asks for: together with its source span everything that decides its sound. */
export interface Performance {
  /** Who performs: a singer, or the domain of an instrument track. */
  readonly singerId: PerformerId
  /** Other singers mixed in. `singerId` sings with what their weights leave of 1. */
  readonly blend: readonly BlendPart[]
  readonly emotion: EmotionRequest
  readonly transposition: Transposition
  /** What the formants move by, −6…6; the pitch stays. */
  readonly formantSemitones: number
  /** How much of the change is applied, 0…1; .6 is the middle of the control. */
  readonly strength: number
  /** −1 keeps more of what is sung, 1 takes more of the person, 0 is between them. */
  readonly likeness: number
  /** Where one of these is drawn, it counts instead of the constant, or on top of the transposition. */
  readonly curves: PerformanceCurves
  /** What was edited of the melody, in time order and without overlap. */
  readonly pitchEdits: readonly PitchEdit[]
  readonly scaleCorrection: ScaleCorrection | null
  /** Whether notes are kept by an emotion: `automatic` hears it from the steadiness of the pitch. */
  readonly delivery: 'automatic' | 'sung' | 'spoken'
  /** What turns the converted voice into samples. */
  readonly renderer: RendererId
  /** Of those whose converter draws samples: under 1 the likely ones become likelier. Missing, 1. */
  readonly temperature?: number
  /** Of singers who are limited in band: what the recording has above stays. Missing, nothing sounds there. */
  readonly keepsHighBand?: boolean
  readonly seed: number
}

/** One more singer in a blend. */
export interface BlendPart {
  readonly singerId: SingerId
  /** 0…1; weights of several parts that pass 1 together are scaled to 1. */
  readonly weight: number
  /** Takes the place of `weight` where it is drawn. */
  readonly curve: Curve | null
}

export interface EmotionRequest {
  /** An id of the emotion registry; `neutral` changes nothing at any intensity. */
  readonly emotionId: string
  /** 0…1.5; 0 is the identity, and past 1 more is made of it than anybody showed. */
  readonly intensity: number
}

/** `auto` moves by whole octaves toward the singer's own range. */
export type Transposition = { readonly kind: 'auto' } | { readonly kind: 'semitones'; readonly semitones: number }

export interface PerformanceCurves {
  /** 0…1.5. */
  readonly intensity: Curve | null
  /** Semitones on top of `transposition`, −24…24. */
  readonly transposition: Curve | null
  /** Semitones, −6…6. */
  readonly formant: Curve | null
}

/** One note changed as a whole, or a span whose pitch was drawn. Positions are samples of the source. */
export type PitchEdit =
  | {
      readonly kind: 'note'
      readonly startSamples: Samples
      readonly endSamples: Samples
      readonly semitones: number
      /** Factor on what oscillates around the note's center: 0 flat, 1 as sung, 3 exaggerated. */
      readonly vibrato: number
      /** Factor on the slow movement of the center. */
      readonly drift: number
    }
  | {
      readonly kind: 'drawn'
      /** MIDI note numbers with fractions; the span reaches from the first corner to the last. */
      readonly curve: Curve
    }

/** Draws note centers to the nearest degree of a scale. */
export interface ScaleCorrection {
  /** 0 is C, 11 is B. */
  readonly tonic: number
  readonly scale: 'chromatic' | 'major' | 'minor'
  /** 0…1. */
  readonly strength: number
}

export const noCurves: PerformanceCurves = { intensity: null, transposition: null, formant: null }

export const defaultPerformance = (singerId: PerformerId): Performance => ({
  singerId,
  blend: [],
  emotion: { emotionId: 'neutral', intensity: 0.6 },
  transposition: { kind: 'auto' },
  formantSemitones: 0,
  strength: 1,
  likeness: 0,
  curves: noCurves,
  pitchEdits: [],
  scaleCorrection: null,
  delivery: 'automatic',
  renderer: usualRenderer,
  seed: 1,
})

/** The parts of a blend that are heard anywhere. */
export const heardBlend = ({ blend }: Pick<Performance, 'blend'>): readonly BlendPart[] =>
  blend.filter((part) => part.curve !== null || part.weight > 0)

/** What of a performance decides its sound, in one canonical form: the emotion doesn't matter where nothing is made of it. */
export function whatIsHeard(performance: Performance): Omit<Performance, 'emotion'> & { readonly emotion: string } {
  const { singerId, transposition, formantSemitones, strength, likeness, curves, pitchEdits } = performance
  const { scaleCorrection, delivery, renderer, temperature = 1, keepsHighBand = false, seed } = performance
  const emotion = heardEmotion(performance)
  return {
    singerId,
    blend: heardBlend(performance),
    emotion,
    transposition,
    formantSemitones,
    strength,
    likeness,
    curves: emotion === 'neutral' ? { ...curves, intensity: null } : curves,
    pitchEdits,
    scaleCorrection,
    delivery: emotion === 'neutral' ? 'automatic' : delivery,
    renderer,
    // Keys of before there was a temperature still hold.
    ...(temperature === 1 ? {} : { temperature }),
    ...(keepsHighBand ? { keepsHighBand } : {}),
    seed,
  }
}

function heardEmotion({ emotion, curves }: Performance): string {
  if (emotion.emotionId === 'neutral') return 'neutral'
  if (curves.intensity) return curves.intensity.some((point) => point.value > 0) ? emotion.emotionId : 'neutral'
  return emotion.intensity === 0 ? 'neutral' : `${emotion.emotionId}:${emotion.intensity}`
}

/** With one intensity over the whole region, whatever is drawn. */
export const atIntensity = (performance: Performance, intensity: number): Performance => ({
  ...performance,
  emotion: { ...performance.emotion, intensity },
  curves: { ...performance.curves, intensity: null },
})

/** Whether nothing is asked for that could be heard: then a render is the source, sample for sample. */
export function leavesSource(performance: Performance): boolean {
  const { transposition, strength, formantSemitones, curves, pitchEdits, scaleCorrection } = performance
  return (
    strength === 0 &&
    heardEmotion(performance) === 'neutral' &&
    transposition.kind === 'semitones' &&
    transposition.semitones === 0 &&
    formantSemitones === 0 &&
    curves.transposition === null &&
    curves.formant === null &&
    pitchEdits.length === 0 &&
    scaleCorrection === null
  )
}
