import { soundStatistics, trainLinearDiscriminant } from '../../shared/evaluation/index.ts'
import type { Sound } from '../evaluation/read-sound.ts'
import { DEMO_RATE_HZ, type DemoSounds } from './demo-sounds.ts'

/** Says which of the demo's three voices a sound is nearest to; it knows nothing of the converter. */
export interface VoiceJudge {
  name(sound: Sound): string
}

/** Trained on the two singers' clips and on more of the lead's singing, never on a conversion. */
export function createVoiceJudge({ singers, leadClips }: DemoSounds): VoiceJudge {
  const voices = [...singers, { name: 'the lead', clips: leadClips }]
  const examples = voices.flatMap(({ clips }, label) =>
    clips
      .slice(0, leadClips.length)
      .flatMap((clip) => soundStatistics(clip, DEMO_RATE_HZ).map((values) => ({ values, label }))),
  )
  const judge = trainLinearDiscriminant(examples, voices.length)
  return {
    name(sound) {
      const totals = voices.map(() => 0)
      for (const values of soundStatistics(sound.samples, sound.rateHz))
        judge.classify(values).forEach((score, label) => (totals[label] += score))
      return voices[totals.indexOf(Math.max(...totals))].name
    },
  }
}
