import { farmScenes } from './farm-scenes.ts'
import { faultScenes } from './fault-scenes.ts'
import { instrumentScenes } from './instrument-scenes.ts'
import { lookScenes } from './look-scenes.ts'
import type { Scene } from './set.ts'
import { regionScenes } from './region-scenes.ts'
import { startScenes } from './start-scenes.ts'
import { trainingScenes } from './training-scenes.ts'
import { vocoderScenes } from './vocoder-scenes.ts'
import { workScenes } from './work-scenes.ts'

/** Every scene by its name, in the order of a whole run. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...startScenes,
  ...regionScenes,
  ...workScenes,
  ...faultScenes,
  ...farmScenes,
  ...lookScenes,
  ...trainingScenes,
  ...instrumentScenes,
  ...vocoderScenes,
}
