import type { EmotionDefinition } from './definition.ts'

export const happy: EmotionDefinition = { id: 'happy', label: 'Happy', gesture: 'rising' }
