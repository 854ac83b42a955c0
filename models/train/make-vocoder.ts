import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  teacherNetworks,
  type VocoderNetwork,
  type VocoderRecording,
  type VocoderSize,
  type VocoderTrainRequest,
} from '../../src/shared/contract/vocoders.ts'
import { readVocoderFile, writeVocoderFile } from '../../src/shared/formats/vocoder-file.ts'
import { vocoderPlan } from '../../src/main/compute/training/vocoder/vocoder-needs.ts'
import { trainVocoder } from '../../src/main/compute/tasks/train-vocoder.ts'
import { openDirectTask } from '../../src/main/evaluation/direct-task.ts'
import { findSpeakers, mergeSpeakers } from '../../src/main/evaluation/speakers.ts'
import { unpackRecording } from '../../src/main/evaluation/unpack-recording.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { writeModelFolder } from './write-model-folder.ts'

/** What a recipe makes. */
export interface VocoderRecipe {
  readonly network: VocoderNetwork
  /** Of the model. */
  readonly name: string
  /** Of `npm run`. */
  readonly command: string
}

/**
 * Trains a vocoder on recordings of many people as the command line asks, by the same task as the program's own trainings:
 * see the README beside each recipe. Killed at any moment and started again it goes on from its last check.
 */
export async function makeVocoder({ network, name, command }: VocoderRecipe): Promise<void> {
  const { values } = parseArgs({
    options: {
      audio: { type: 'string', multiple: true },
      work: { type: 'string' },
      out: { type: 'string' },
      size: { type: 'string', default: 'compact' },
      steps: { type: 'string' },
      seed: { type: 'string', default: '1' },
      teacher: { type: 'string' },
      'trained-on': { type: 'string', default: 'recordings of several people' },
      licence: { type: 'string', default: 'CC-BY-4.0' },
    },
  })
  const teacherWords = network in teacherNetworks ? ' --teacher <trained .vocoder file>' : ''
  if (values.audio === undefined || values.work === undefined) {
    process.stderr.write(
      `Usage: npm run ${command} -- --audio <folder of people> [--audio …] --work <folder to go on from> [--out <model folder>] [--size compact|large] [--steps n] [--seed n]${teacherWords} [--trained-on words] [--licence words]\n`,
    )
    process.exit(2)
  }
  const size: VocoderSize = values.size === 'large' ? 'large' : 'compact'
  const workFolder = resolve(values.work)
  const modelPath = join(workFolder, 'model.vocoder')
  const request: VocoderTrainRequest = {
    recordings: await unpackAll(values.audio, workFolder),
    name,
    licence: values.licence,
    trainedOn: values['trained-on'],
    software: 'Understudy',
    createdAtMs: 0,
    network,
    size,
    plan: vocoderPlan(network, size, values.steps === undefined ? undefined : Number(values.steps)),
    seed: Number(values.seed),
    workFolder,
    modelPath,
    ...(values.teacher !== undefined && { teacherPath: resolve(values.teacher) }),
  }
  const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  const end = await trainVocoder(request, await openDirectTask(enginesFolder, tell))
  if (end.kind === 'done' && end.result.kind === 'train-vocoder')
    process.stdout.write(`${JSON.stringify(end.result.summary, null, 2)}\n`)
  if (values.out !== undefined) writeModel(resolve(values.out), modelPath, request)
}

async function unpackAll(folders: readonly string[], workFolder: string): Promise<VocoderRecording[]> {
  const unpacked: VocoderRecording[] = []
  for (const { name, files } of mergeSpeakers(folders.flatMap((folder) => findSpeakers(resolve(folder)))))
    for (const { path } of files) {
      const recording = await unpackRecording(path, join(workFolder, 'recordings'))
      unpacked.push({ ...recording, fileName: basename(path), person: name })
    }
  return unpacked
}

/** Whose recordings and what may be done with it are this command's words, also of a run that others began. */
function writeModel(folder: string, modelPath: string, { trainedOn, licence }: VocoderTrainRequest): void {
  const file = readVocoderFile(readFileSync(modelPath))
  if (!file.ok) throw new Error(file.failure.message)
  const card = { ...file.value.card, trainedOn, licence }
  writeFileSync(modelPath, writeVocoderFile(file.value.model, card))
  const { name, personCount, heldOutPeople, steps } = card
  const facts = { name, licence, trainedOn, personCount, heldOutPeople, steps }
  writeModelFolder(folder, modelPath, { format: 'vocoder-model', version: 1, ...facts })
}
