import type { EmotionDefinition } from './definition.ts'

export const angry: EmotionDefinition = { id: 'angry', label: 'Angry', gesture: 'jagged' }
