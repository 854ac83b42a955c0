/** What is to be known of a renderer before it is chosen. */
export interface RendererTraits {
  readonly label: string
  /** Nothing sounds above; null where the rate of the song is the only limit. */
  readonly bandLimitHz: number | null
  /** Makes the waveform anew, so that a drawn pitch is met exactly and nothing of the recording's own sound is kept. */
  readonly redrawsVoice: boolean
}

/** Every renderer that there is: what turns converted features into samples. */
export const renderers = {
  filter: { label: 'filter', bandLimitHz: null, redrawsVoice: false },
  world: { label: 'WORLD', bandLimitHz: null, redrawsVoice: true },
} as const satisfies Record<string, RendererTraits>

export type RendererId = keyof typeof renderers

/** Keeps the recording and filters it: what sounds best wherever the pitch is not drawn far from it. */
export const usualRenderer: RendererId = 'filter'

/** The ids, in the order in which they are offered. */
export const rendererIds = Object.keys(renderers) as readonly RendererId[] // the keys are all there are
