import { angry } from './angry.ts'
import type { EmotionDefinition } from './definition.ts'
import { fearful } from './fearful.ts'
import { happy } from './happy.ts'
import { neutral } from './neutral.ts'
import { sad } from './sad.ts'

/** Every emotion, in the order shown. Neutral changes nothing at any intensity. */
export const emotions: readonly EmotionDefinition[] = [neutral, happy, angry, sad, fearful]

export const NEUTRAL_ID = neutral.id
