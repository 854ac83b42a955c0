import type { Performance } from './performance.ts'
import { rendererTraits, usualRenderer } from './renderers.ts'

/** What a converter makes of a performance. Everything else of it is not heard with its singers or domains. */
export interface ConverterTraits {
  readonly label: string
  /** Nothing sounds above; null where the rate of the song is the only limit. */
  readonly bandLimitHz: number | null
  /** What the recording has above the limit can stay. */
  readonly mayKeepHighBand: boolean
  /** Emotions, formants, strength, likeness, blends and renderers: what changes an envelope. */
  readonly changesEnvelopes: boolean
  /** Draws each sample: then a temperature counts. */
  readonly drawsSamples: boolean
  /** Transposition, edited notes and a drawn pitch. */
  readonly movesPitch: boolean
  /** Plays domains of music, which stand on tracks of instruments, and no singers. */
  readonly isInstrument: boolean
}

/** Every converter that there is: what moves a sound to another singer or domain. Each card names one of them. */
export const converters = {
  'spectral-autoencoder': {
    label: 'spectral autoencoder',
    bandLimitHz: null,
    mayKeepHighBand: false,
    changesEnvelopes: true,
    drawsSamples: false,
    movesPitch: true,
    isInstrument: false,
  },
  waveform: {
    label: 'waveform autoencoder',
    bandLimitHz: 8000,
    mayKeepHighBand: true,
    changesEnvelopes: false,
    drawsSamples: true,
    movesPitch: true,
    isInstrument: false,
  },
  translation: {
    label: 'music translation',
    bandLimitHz: 8000,
    mayKeepHighBand: false,
    changesEnvelopes: false,
    drawsSamples: true,
    movesPitch: true,
    isInstrument: true,
  },
} as const satisfies Record<string, ConverterTraits>

export type ConverterId = keyof typeof converters

/** What traits follow from: the card of a singer, or of a domain, some of which were not told pitch. */
export interface ConverterCard {
  readonly converter: string
  readonly hasPitch?: boolean
}

/** Of a card, which may be older than the second converter. */
export function traitsOf({ converter, hasPitch = true }: ConverterCard): ConverterTraits {
  if (!Object.hasOwn(converters, converter)) return converters['spectral-autoencoder']
  const traits = converters[converter as ConverterId] // it is one of them, by the line above
  return traits.isInstrument ? { ...traits, movesPitch: hasPitch } : traits
}

/** Above it nothing of a performance sounds, by the converter of who performs it or its renderer; null for the rate of the song. */
export function bandLimitOf(singer: ConverterCard, { renderer, keepsHighBand = false }: Performance): number | null {
  const { changesEnvelopes, bandLimitHz, mayKeepHighBand } = traitsOf(singer)
  if (mayKeepHighBand && keepsHighBand) return null
  return changesEnvelopes ? rendererTraits(renderer).bandLimitHz : bandLimitHz
}

/** What a performance asks for that a converter does not make, in words; empty where there is nothing. */
export function unheardOf(
  performance: Performance,
  { changesEnvelopes, drawsSamples, movesPitch, mayKeepHighBand }: ConverterTraits,
): readonly string[] {
  const {
    blend,
    emotion,
    formantSemitones,
    strength,
    likeness,
    renderer,
    temperature = 1,
    keepsHighBand = false,
  } = performance
  const isDrawn = drawsSamples || (changesEnvelopes && rendererTraits(renderer).drawsSamples)
  const asked = [
    { words: 'a blend', isUnheard: !changesEnvelopes && blend.some(({ weight, curve }) => weight > 0 || curve) },
    {
      words: 'an emotion',
      isUnheard: !changesEnvelopes && emotion.emotionId !== 'neutral' && emotion.intensity > 0,
    },
    { words: 'formants', isUnheard: !changesEnvelopes && formantSemitones !== 0 },
    { words: 'a strength', isUnheard: !changesEnvelopes && strength !== 1 },
    { words: 'a likeness', isUnheard: !changesEnvelopes && likeness !== 0 },
    { words: 'a renderer', isUnheard: !changesEnvelopes && renderer !== usualRenderer },
    { words: 'a transposition', isUnheard: !movesPitch && isTransposed(performance) },
    { words: 'edited notes', isUnheard: !movesPitch && performance.pitchEdits.length > 0 },
    { words: 'a scale', isUnheard: !movesPitch && performance.scaleCorrection !== null },
    { words: 'a temperature', isUnheard: !isDrawn && temperature !== 1 },
    { words: 'a high band', isUnheard: !mayKeepHighBand && keepsHighBand },
  ]
  return asked.filter(({ isUnheard }) => isUnheard).map(({ words }) => words)
}

const isTransposed = ({ transposition, curves }: Performance): boolean =>
  curves.transposition !== null || (transposition.kind === 'semitones' && transposition.semitones !== 0)
