import type { EmotionModelId } from '../base/id.ts'

/** An emotion of one of the person's own models, as a performance names it: "9p0zbd96q6n4reapdmm7/happy". */
export interface OwnEmotion {
  readonly modelId: EmotionModelId
  readonly emotion: string
}

/** Null for the emotions that come with the program. */
export function ownEmotionOf(emotionId: string): OwnEmotion | null {
  const match = /^([0-9a-z]{1,40})\/([a-z][a-z0-9-]{0,30})$/.exec(emotionId)
  // Of the shape that ids have.
  return match === null ? null : { modelId: match[1] as EmotionModelId, emotion: match[2] }
}

export const ownEmotionId = ({ modelId, emotion }: OwnEmotion): string => `${modelId}/${emotion}`
