/** What of a strip has room. The state's glyph goes last, because it is the state. */
export interface StripParts {
  readonly hasWords: boolean
  readonly hasNumber: boolean
  readonly hasEmotion: boolean
  readonly hasName: boolean
  readonly hasGlyph: boolean
}

/** Narrow regions drop in this order: state words, emotion number, emotion glyph, name, state glyph. */
export const stripParts = (widthPx: number): StripParts => ({
  hasWords: widthPx >= 96,
  hasNumber: widthPx >= 80,
  hasEmotion: widthPx >= 64,
  hasName: widthPx >= 32,
  hasGlyph: widthPx >= 18,
})
