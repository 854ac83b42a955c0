import { writeFileSync } from 'node:fs'
import { createWavWriter } from '../../src/main/files/wav-file.ts'
import { readSingerFile, writeSingerFile } from '../../src/shared/formats/singer-file.ts'
import type { SingerModel } from '../../src/shared/conversion/singer-model.ts'
import { madeOnce } from './made-once.ts'
import { sungSource, untrainedSinger } from './singers.ts'

let untrained: SingerModel | null = null

/** A sung phrase in a WAV file, over and over. */
export function writeSungFile(path: string, rateHz = 48_000, repeatCount = 1): string {
  const phrase = sungSource(rateHz)
  const writer = createWavWriter(path, { rateHz, channelCount: 1, encoding: 'float32' })
  for (let pass = 0; pass < repeatCount; pass++) writer.write([phrase])
  writer.finish()
  return path
}

/** A `.singer` file of a network that never learned: whole in form, for claims that need no voice. */
export function writeUntrainedSinger(path: string, name: string): string {
  untrained ??= readUntrained()
  writeFileSync(path, writeSingerFile(untrained, cardOf(name)))
  return path
}

/** Enrolling takes a second, and every test may share the outcome. */
function readUntrained(): SingerModel {
  const file = readSingerFile(madeOnce('untrained.singer', enrollUntrained))
  if (!file.ok) throw new Error(file.failure.message)
  return file.value.model
}

const enrollUntrained = () => writeSingerFile(untrainedSinger().model, cardOf('Untrained'))

const cardOf = (name: string) => ({
  name,
  converter: 'spectral-autoencoder',
  licence: 'CC0-1.0',
  consent: null,
  lowestHz: 110,
  highestHz: 220,
  medianHz: 150,
  trainedFromSec: 1.5,
  createdAtMs: 1_700_000_000_000,
})
