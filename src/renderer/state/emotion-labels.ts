import type { Emotion } from '../../shared/contract/library.ts'
import type { TrainedEmotions } from '../../shared/contract/emotions.ts'
import { ownEmotionId } from '../../shared/project/own-emotion.ts'
import { say } from '../messages/say.svelte.ts'

/** Emotions in the language of the window; one that it has no word for keeps its own. */
export function inWindowLanguage(emotions: readonly Emotion[]): readonly Emotion[] {
  return emotions.map((emotion) => ({ ...emotion, label: emotionWord(emotion.id, emotion.label) }))
}

/** An emotion's name in the language of the window; one that it has no word for is called as the data call it. */
export function emotionWord(name: string, otherwise = capitalized(name)): string {
  const known: Readonly<Partial<Record<string, string>>> = say.emotions
  return known[name] ?? otherwise
}

/** What a person's own model can make of a voice. */
export const ownEmotions = ({ id, name, emotions }: TrainedEmotions): readonly Emotion[] =>
  emotions
    .filter((emotion) => emotion !== 'neutral')
    .map((emotion) => ({
      id: ownEmotionId({ modelId: id, emotion }),
      label: say.emotionTraining.ofModel(emotionWord(emotion), name),
      gesture: gestures[emotion] ?? 'arched',
    }))

const gestures: Readonly<Partial<Record<string, Emotion['gesture']>>> = {
  happy: 'rising',
  surprised: 'rising',
  sad: 'falling',
  bored: 'falling',
  angry: 'jagged',
  disgusted: 'jagged',
  fearful: 'trembling',
  calm: 'flat',
  neutral: 'flat',
}

const capitalized = (name: string): string => `${name.charAt(0).toLocaleUpperCase()}${name.slice(1)}`
