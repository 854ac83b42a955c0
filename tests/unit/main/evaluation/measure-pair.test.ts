import { beforeAll, expect, test } from 'vitest'
import { createSoundAnalyzer } from '../../../../src/main/evaluation/analyze-sound.ts'
import { createListener, type Heard } from '../../../../src/main/evaluation/listening.ts'
import { measurePair, type PairContext } from '../../../../src/main/evaluation/measure-pair.ts'
import { ownVoice } from '../../../../src/main/evaluation/own-voice.ts'
import { sungVoice, VOICE_RATE_HZ } from '../../../support/sung-voice.ts'

let low: Heard
let high: Heard
beforeAll(async () => {
  const listener = createListener(await createSoundAnalyzer())
  const hear = (voice: 'low' | 'high') =>
    listener.hearSound({ samples: sungVoice(voice).slice(0, VOICE_RATE_HZ), rateHz: VOICE_RATE_HZ })
  low = hear('low')
  high = hear('high')
})

const between = (source: Heard, target: Heard): PairContext => ({
  judges: { persons: ['low', 'high'], raw: () => 1, centered: () => 1, cepstral: () => 1, cepstralCentered: () => 1 },
  sourcePerson: 'low',
  targetPerson: 'high',
  source,
  targetVoice: ownVoice([target]),
  readings: new Map(),
  rival: null,
  content: null,
})

test('the breath of octave pairs is told of what was moved an octave, and of real recordings, which are moved by nothing', () => {
  const context = between(low, high)
  const breathOf = (semitones: number | null) => measurePair(high, semitones, context).octaveBreath
  expect(breathOf(12)).toHaveLength(5)
  expect(breathOf(7)).toBeNull()
  // A person's only recording is as breathy as the person.
  expect(breathOf(null)?.map((db) => Math.abs(db))).toEqual([0, 0, 0, 0, 0])
  expect(measurePair(high, null, context).octaveCents).toBeNull()
})
