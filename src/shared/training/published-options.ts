/**
 * Parts of the published training of unsupervised singing voice conversion (Nachmani and Wolf 2019) that the spectral
 * networks do without: each can be switched on to measure what it does. `models/train/EXPERIMENTS.md` says what it did.
 */
export interface PublishedOptions {
  /** λ of the confusion classifier. */
  readonly confusionWeight: number
  /** Share of the items of the second half of the steps that are translated back. */
  readonly backTranslationShare: number
  /**
   * Share of the items heard and drawn backwards. Of the published four-fold augmentation (backwards, inverted, both)
   * this is all that a power spectrum shows: inverting a waveform leaves it as it is.
   */
  readonly reversedShare: number
}

export const withoutPublishedOptions: PublishedOptions = {
  confusionWeight: 0,
  backTranslationShare: 0,
  reversedShare: 0,
}

/** Before this share of the steps a network has no voice to translate with. */
export const TRANSLATION_BEGINS = 0.5
