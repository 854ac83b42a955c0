import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SourceId } from '../../../src/shared/base/id.ts'
import type { RelganTrainRequest } from '../../../src/shared/contract/emotions.ts'
import { readEmotionFile } from '../../../src/shared/formats/emotion-file.ts'
import { checkLabels } from '../../../src/shared/training/relgan/check-labels.ts'
import { readClipLabels } from '../../../src/shared/training/relgan/clip-labels.ts'
import { relganPlans } from '../../../src/shared/training/relgan/plans.ts'
import { trainEmotions } from '../../../src/main/compute/tasks/train-emotions.ts'
import { openDirectTask } from '../../../src/main/evaluation/direct-task.ts'
import { unpackRecording } from '../../../src/main/evaluation/unpack-recording.ts'
import { applicationPaths } from '../../../src/main/paths.ts'
import { writeModelFolder } from '../write-model-folder.ts'

/**
 * Trains a compact RelGAN from the Berlin Database of Emotional Speech, by the same task as the program's own trainings:
 * see README.md here. Killed at any moment and started again it goes on from its last check.
 */

const EMOTIONS = ['neutral', 'happy', 'angry', 'sad', 'fearful'] as const
const NAME = 'Acted German'
/** An envelope near half the rate belongs to the filter that made the rate. */
const EDGE_SHARE = 0.95

const { values } = parseArgs({
  options: {
    audio: { type: 'string' },
    work: { type: 'string' },
    out: { type: 'string' },
    steps: { type: 'string' },
    seed: { type: 'string' },
  },
})
if (values.audio === undefined || values.work === undefined) {
  process.stderr.write(
    'Usage: npm run emotion-relgan -- --audio <folder of EmoDB recordings> --work <folder to go on from> [--out <model folder>] [--steps n] [--seed n]\n',
  )
  process.exit(2)
}
const workFolder = resolve(values.work)
const recordings = findRecordings(resolve(values.audio))
const clips = await unpackAll(recordings)
const modelPath = join(workFolder, 'model.emotion')
const plan = { ...relganPlans.compact, ...(values.steps === undefined ? {} : { stepCount: Number(values.steps) }) }
const request: RelganTrainRequest = {
  method: 'relgan',
  clips: clips.map(({ clipId, fileName, path, emotion, person }) => ({ clipId, fileName, path, emotion, person })),
  emotions: EMOTIONS,
  edgeHz: Math.floor(EDGE_SHARE * Math.min(...clips.map(({ rateHz }) => rateHz / 2))),
  name: NAME,
  licence: 'CC-BY-4.0',
  trainedOn: 'EmoDB (Berlin Database of Emotional Speech): German sentences acted by ten people',
  software: 'Understudy',
  createdAtMs: 0,
  size: 'compact',
  plan,
  seed: Number(values.seed ?? 65_535),
  workFolder,
  modelPath,
}
const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
const context = await openDirectTask(enginesFolder, (line) => void process.stderr.write(`${line}\n`))
const end = await trainEmotions(request, context)
if (end.kind === 'done' && end.result.kind === 'train-emotions')
  process.stdout.write(`${JSON.stringify(end.result.summary, null, 2)}\n`)
if (values.out !== undefined) writeModel(resolve(values.out))

function findRecordings(folder: string) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ['.flac', '.wav'].includes(extname(name)))
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
  const labels = readClipLabels(
    paths.map((path) => relative('.', path)),
    null,
  )
  if (!labels.ok) throw new Error(labels.failure.message)
  const wanted = labels.value.filter(({ emotion }) => EMOTIONS.some((one) => one === emotion))
  const checked = checkLabels(wanted, EMOTIONS)
  if (!checked.ok) throw new Error(checked.failure.message)
  return wanted.map(({ path, emotion, person }) => ({ path: join(folder, path), emotion, person }))
}

/** As the program keeps clips: WAV files named by the hash of what was given. */
async function unpackAll(
  found: readonly { readonly path: string; readonly emotion: string; readonly person: string }[],
) {
  const folder = join(workFolder, 'clips')
  const unpacked = []
  for (const { path, emotion, person } of found) {
    const { recordingId, path: wavPath, rateHz } = await unpackRecording(path, folder)
    const clipId = recordingId as SourceId // a hash, as the brand says
    unpacked.push({ clipId, fileName: basename(path), path: wavPath, emotion, person, rateHz })
  }
  return unpacked
}

function writeModel(folder: string): void {
  const file = readEmotionFile(readFileSync(modelPath))
  if (!file.ok) throw new Error(file.failure.message)
  if (file.value.translator !== 'relgan') throw new Error(`“${modelPath}” holds no network`)
  const { model, card } = file.value
  const { translator, name, licence, trainedOn, clipCount, personCount, steps, heldOut } = card
  const dataDigest = createHash('sha256')
    .update(clips.map(({ clipId }) => clipId).join('\n'))
    .digest('hex')
  const { emotions } = model
  const facts = { translator, name, emotions, licence, trainedOn, clipCount, personCount, steps, heldOut, dataDigest }
  writeModelFolder(folder, modelPath, { format: 'emotion-model', version: 1, ...facts })
}
