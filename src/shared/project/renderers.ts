import type { VocoderId } from '../base/id.ts'

/** What is to be known of a renderer before it is chosen. */
export interface RendererTraits {
  readonly label: string
  /** Nothing sounds above; null where the rate of the song is the only limit. */
  readonly bandLimitHz: number | null
  /** Makes the waveform anew, so that a drawn pitch is met exactly and nothing of the recording's own sound is kept. */
  readonly redrawsVoice: boolean
  /** Draws noise as a network says: then a temperature counts. */
  readonly drawsSamples: boolean
}

/** Every renderer that comes with the program: what turns converted features into samples. */
export const renderers = {
  filter: { label: 'filter', bandLimitHz: null, redrawsVoice: false, drawsSamples: false },
  world: { label: 'WORLD', bandLimitHz: null, redrawsVoice: true, drawsSamples: false },
} as const satisfies Record<string, RendererTraits>

export type BuiltInRendererId = keyof typeof renderers
/** One that comes with the program, or a vocoder that the person trained. */
export type RendererId = BuiltInRendererId | `${typeof VOCODER}${string}`

/** What stands before a trained vocoder's id. */
const VOCODER = 'vocoder:'
const vocoderTraits: RendererTraits = {
  label: 'trained vocoder',
  bandLimitHz: 8000,
  redrawsVoice: true,
  drawsSamples: true,
}

/** Keeps the recording and filters it: what sounds best wherever the pitch is not drawn far from it. */
export const usualRenderer: BuiltInRendererId = 'filter'

/** The ids, in the order in which they are offered. */
export const rendererIds = Object.keys(renderers) as readonly BuiltInRendererId[] // the keys are all there are

const isBuiltIn = (id: string): id is BuiltInRendererId => Object.hasOwn(renderers, id)

/** Whether a text is of the shape of a renderer's id; the vocoder need not be in the library. */
export const isRendererId = (value: unknown): value is RendererId =>
  typeof value === 'string' && (isBuiltIn(value) || /^vocoder:[0-9a-z]{1,80}$/.test(value))

export const rendererTraits = (id: RendererId): RendererTraits => (isBuiltIn(id) ? renderers[id] : vocoderTraits)

export const vocoderRenderer = (vocoderId: VocoderId): RendererId => `${VOCODER}${vocoderId}`

/** The vocoder that a renderer is, or the one that comes with the program. */
export const rendererKind = (
  id: RendererId,
): { readonly vocoderId: VocoderId } | { readonly builtIn: BuiltInRendererId } =>
  isBuiltIn(id) ? { builtIn: id } : { vocoderId: id.slice(VOCODER.length) as VocoderId } // what stands behind the colon
