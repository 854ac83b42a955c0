import type { EmotionDefinition } from './definition.ts'

export const neutral: EmotionDefinition = { id: 'neutral', label: 'Neutral', gesture: 'flat' }
