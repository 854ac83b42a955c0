import { join } from 'node:path'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { restoreState, storeState, type TrainingState } from '../../../shared/training/state.ts'
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts'
import { parseJson } from '../../../shared/formats/model-file.ts'
import { parseCurve } from './stored-curve.ts'
import { readElapsed, writeElapsed } from './elapsed-file.ts'
import { readStateFile, writeStateFile } from './state-file.ts'

/** What a stage of a training leaves on disk, so that it can go on after any kind of end. */
export interface TrainingFolder {
  load(): SavedTraining | null
  save(saved: SavedTraining): void
  /** Where the audition of a check goes. */
  auditionPath(auditionId: string, place?: number): string
}

export interface SavedTraining {
  readonly state: TrainingState
  /** One for each singer of the stage, in their order. */
  readonly curves: readonly (readonly TrainingPoint[])[]
  readonly elapsedSec: number
}

export interface FolderOptions {
  /** The work folders of the stage's singers; the state lies in the first, a curve in each. */
  readonly folders: readonly string[]
  /** Of everything that the steps depend on: a checkpoint of another training is not gone on with. */
  readonly fingerprint: string
  /** Of the network. */
  readonly parameterCount: number
  /** Tells the state from that of the other stages in the same folder; empty for the first. */
  readonly stageName: string
}

/** The curve beside the checkpoint, for those who only show it. */
const CURVE_NAME = 'curve.json'

export function openTrainingFolder({ folders, fingerprint, parameterCount, stageName }: FolderOptions): TrainingFolder {
  for (const folder of folders) makeFolder(join(folder, 'auditions'))
  const suffix = stageName === '' ? '' : `-${stageName}`
  const checkpointPath = join(folders[0], `training${suffix}.safetensors`)
  const elapsedPath = join(folders[0], `elapsed${suffix}.json`)
  const writeCurves = (texts: readonly string[]) =>
    texts.forEach((text, place) => writeAtomically(join(folders[place], CURVE_NAME), new TextEncoder().encode(text)))
  return {
    load() {
      const found = readStateFile(checkpointPath, fingerprint)
      const state = found && restoreState(found.stored, parameterCount)
      if (!state?.ok) return null
      const texts = folders.map((_, place) => found?.told[curveKey(place)] ?? '[]')
      const curves = texts.flatMap((text) => {
        const curve = parseCurve(parseJson(text))
        return curve === null ? [] : [curve]
      })
      if (curves.length < texts.length) return null
      // Whoever died between the files left older curves.
      writeCurves(texts)
      return { state: state.value, curves, elapsedSec: readElapsed(elapsedPath) }
    },
    save({ state, curves, elapsedSec }) {
      const texts = curves.map((curve) => JSON.stringify(curve))
      const told = Object.fromEntries(texts.map((text, place) => [curveKey(place), text]))
      writeElapsed(elapsedPath, elapsedSec)
      writeStateFile(checkpointPath, fingerprint, storeState(state), told)
      writeCurves(texts)
    },
    auditionPath: (auditionId, place = 0) => join(folders[place], 'auditions', `${auditionId}.wav`),
  }
}

const curveKey = (place: number): string => (place === 0 ? 'curve' : `curve/${place}`)
