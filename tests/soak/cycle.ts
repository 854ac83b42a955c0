import { rmSync } from 'node:fs'
import type { Random } from '../../src/shared/base/random.ts'
import { convertPart, drawConversion } from '../faults/acts/convert.ts'
import { learn } from '../faults/acts/train.ts'
import { exportSong } from '../faults/acts/export.ts'
import { filesBelow, saveSong, type Stage } from '../faults/stage.ts'

/** A day's work in short: the song is opened, edited, sung anew in two parts, one of them with an emotion, exported and closed; now and then a singer learns some steps. */
export async function liveThrough(stage: Stage, random: Random, isLearning: boolean): Promise<void> {
  await stage.openSong()
  await saveSong(stage)
  const plain = drawConversion(stage, random)
  await convertPart(stage, plain)
  const moved = drawConversion(stage, random)
  const emotion = { emotionId: 'sad', intensity: 0.5 + 0.5 * random.uniform() }
  await convertPart(stage, { ...moved, performance: { ...moved.performance, emotion } })
  if (isLearning) await learnSome(stage)
  await exportSong(stage)
  await saveSong(stage)
  await stage.ask('project:close', { projectId: stage.projectId })
  // Somebody takes them away; they are no part of the program.
  for (const path of filesBelow(stage.outFolder)) rmSync(path)
  stage.ledger.exports.clear()
}

/** A singer who learned to the end is given away: the library is to hold as much as before. */
async function learnSome(stage: Stage): Promise<void> {
  const { outcome } = await learn(stage)
  if (outcome?.kind === 'train') await stage.ask('singer:remove', { singerId: outcome.singerId })
}
