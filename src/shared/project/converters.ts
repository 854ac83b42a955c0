import type { Performance } from './performance.ts'
import { rendererTraits, usualRenderer } from './renderers.ts'

/** What a converter makes of a performance. Everything else of it is not heard with its singers. */
export interface ConverterTraits {
  readonly label: string
  /** Nothing sounds above; null where the rate of the song is the only limit. */
  readonly bandLimitHz: number | null
  /** Emotions, formants, strength, likeness, blends and renderers: what changes an envelope. */
  readonly changesEnvelopes: boolean
  /** Draws each sample: then a temperature counts. */
  readonly drawsSamples: boolean
}

/** Every converter that there is: what moves a voice from one singer to another. A singer's card names one of them. */
export const converters = {
  'spectral-autoencoder': {
    label: 'spectral autoencoder',
    bandLimitHz: null,
    changesEnvelopes: true,
    drawsSamples: false,
  },
  waveform: { label: 'waveform autoencoder', bandLimitHz: 8000, changesEnvelopes: false, drawsSamples: true },
} as const satisfies Record<string, ConverterTraits>

export type ConverterId = keyof typeof converters

/** Of a singer's card, which may be older than the second converter. */
export const traitsOf = ({ converter }: { readonly converter: string }): ConverterTraits =>
  converter === 'waveform' ? converters.waveform : converters['spectral-autoencoder']

/** Above it nothing of a performance sounds, by its singer's converter or its renderer; null for the rate of the song. */
export function bandLimitOf(singer: { readonly converter: string }, { renderer }: Performance): number | null {
  const { changesEnvelopes, bandLimitHz } = traitsOf(singer)
  return changesEnvelopes ? rendererTraits(renderer).bandLimitHz : bandLimitHz
}

/** What a performance asks for that a converter does not make, in words; empty where there is nothing. */
export function unheardOf(
  { blend, emotion, formantSemitones, strength, likeness, renderer, temperature = 1 }: Performance,
  { changesEnvelopes, drawsSamples }: ConverterTraits,
): readonly string[] {
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
    { words: 'a temperature', isUnheard: !isDrawn && temperature !== 1 },
  ]
  return asked.filter(({ isUnheard }) => isUnheard).map(({ words }) => words)
}
