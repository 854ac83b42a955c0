import type { EmotionDefinition } from './definition.ts'

export const sad: EmotionDefinition = { id: 'sad', label: 'Sad', gesture: 'falling' }
