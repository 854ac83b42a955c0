import type { Emotion } from '../../shared/contract/library.ts'
import { say } from '../messages/say.svelte.ts'

/** Emotions in the language of the window; one that it has no word for keeps its own. */
export function inWindowLanguage(emotions: readonly Emotion[]): readonly Emotion[] {
  const known: Readonly<Partial<Record<string, string>>> = say.emotions
  return emotions.map((emotion) => ({ ...emotion, label: known[emotion.id] ?? emotion.label }))
}
