import type { Emotion } from '../../shared/contract/library.ts'

export const emotionList = (): readonly Emotion[] => [{ id: 'neutral', label: 'Neutral', gesture: 'flat' }]
