import type { FuzzTarget } from '../engine/target.ts'
import { indexPage, wheelArchive } from './archives.ts'
import { clipFeatures, clipRecords, peaksFile, trainingCheckpoint, waveformCheckpoint } from './checkpoints.ts'
import { aacFrames, alacFrames } from './coded-frames.ts'
import { mp4Boxes, soundHeads } from './coded-headers.ts'
import { commandLine } from './command-line.ts'
import { project, projectFile, writtenXml } from './documents.ts'
import { httpParts, httpRequest } from './host.ts'
import { models } from './models.ts'
import { fileNames } from './names.ts'
import { aiff, wav } from './pcm.ts'
import { socketMessage, windowMessage } from './requests.ts'
import { soundImports } from './sound-imports.ts'

/** Every reader that takes what others made, those that need longest first. */
export const targets: readonly FuzzTarget[] = [
  ...soundImports,
  ...models,
  httpRequest,
  commandLine,
  project,
  projectFile,
  socketMessage,
  windowMessage,
  trainingCheckpoint,
  waveformCheckpoint,
  clipFeatures,
  clipRecords,
  aacFrames,
  alacFrames,
  wheelArchive,
  fileNames,
  wav,
  aiff,
  soundHeads,
  mp4Boxes,
  peaksFile,
  indexPage,
  httpParts,
  writtenXml,
]

export function targetNamed(name: string): FuzzTarget {
  const found = targets.find((target) => target.name === name)
  if (found === undefined)
    throw new Error(`there is no target “${name}”; there are ${targets.map((each) => each.name).join(', ')}`)
  return found
}
