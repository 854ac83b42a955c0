import type { EmotionDefinition } from './definition.ts'

export const fearful: EmotionDefinition = { id: 'fearful', label: 'Fearful', gesture: 'trembling' }
