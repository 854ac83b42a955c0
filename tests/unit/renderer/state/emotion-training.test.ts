import { beforeEach, expect, test } from 'vitest'
import type { EmotionModelId, JobId, SourceId } from '../../../../src/shared/base/id.ts'
import type { LabeledRecording } from '../../../../src/shared/contract/emotions.ts'
import type { ClipVerdict, Job, JobOutcome, TrainingPoint } from '../../../../src/shared/contract/jobs.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { labelChecks } from '../../../../src/shared/training/label-checks.ts'
import { EmotionTraining } from '../../../../src/renderer/state/EmotionTraining.svelte.ts'
import { Jobs } from '../../../../src/renderer/state/Jobs.svelte.ts'
import { Library } from '../../../../src/renderer/state/Library.svelte.ts'
import { job, verdict } from '../../../support/window-records.ts'

const modelId = 'moods' as EmotionModelId
const recording = (path: string, person = 'Ann'): LabeledRecording => ({
  path,
  absolutePath: `/moods/${path}`,
  emotion: path.split('/')[0],
  person,
})
/** Two clips of each of these. */
const recordings = ['angry', 'neutral', 'sad'].flatMap((emotion) => [1, 2].map((n) => recording(`${emotion}/${n}.wav`)))
const point = (step: number, change: Partial<TrainingPoint> = {}): TrainingPoint => ({
  step,
  trainLoss: 9,
  heldOutLoss: null,
  auditionId: null,
  ...change,
})

let asked: { name: string; request: unknown }[]
let answers: Record<string, unknown>
let jobs: Jobs
let training: EmotionTraining
beforeEach(() => {
  asked = []
  answers = {
    'emotion:readFolder': recordings,
    'emotion:train': { jobId: 't', modelId },
    'emotion:trainingCurve': [point(10), point(100, { heldOutLoss: 0.9, losses: { 'generator/cycle': 1 } })],
    'emotion:checkpoints': [100],
    'emotion:asked': {
      name: 'Moods',
      method: 'statistics',
      clips: recordings.map(({ path, emotion, person }) => ({ clipId: path, fileName: path, emotion, person })),
    },
  }
  const call = ((name: string, request: unknown) => {
    asked.push({ name, request })
    if (name === 'singer:inspectClips' || name === 'emotion:hearCheckpoint')
      return Promise.resolve({ jobId: `j${asked.length}` })
    return Promise.resolve(answers[name] ?? [])
  }) as Call // a test's own application: it answers what the contract says
  jobs = new Jobs(call)
  training = new EmotionTraining(call, jobs, new Library(call), labelChecks)
})

const over = (outcome: JobOutcome): void =>
  jobs.receive({ kind: 'job-changed', job: job(`j${asked.length}`, { state: 'done', outcome }) })

async function read(clips: readonly ClipVerdict[] = recordings.map(({ path }) => verdict(path))): Promise<void> {
  const reading = training.readFolder('/moods')
  await new Promise(setImmediate)
  over({ kind: 'inspect', clips })
  await reading
}

test('a folder is read with its labels, and counted by emotion and person', async () => {
  await read()
  expect(asked[1]).toMatchObject({
    name: 'singer:inspectClips',
    request: { files: [{ path: '/moods/angry/1.wav' }, {}, {}, {}, {}, {}] },
  })
  const { labeled } = training
  expect(labeled.emotions).toEqual(['angry', 'neutral', 'sad'])
  expect([labeled.countOf('sad'), labeled.countOf('sad', 'Ann'), labeled.countOf('sad', 'Bob')]).toEqual([2, 2, 0])
  expect(labeled.problem).toBeNull()
  expect(training.missing).toBe('The model needs a name.')
})

test('several people in one folder are no fault, but a silent clip is, and then its emotion is too few', async () => {
  const other = { fault: 'other-singer', isSevere: true, words: 'another voice' } as const
  const silent = { fault: 'silent', isSevere: true, words: 'silent' } as const
  const clips = recordings.map(({ path }) => verdict(path, { isKept: false, findings: [other] }))
  await read([{ ...clips[0], durationSec: 3, findings: [silent] }, ...clips.slice(1)])
  expect(training.labeled.used.map(({ fileName }) => fileName)).toEqual(recordings.slice(1).map(({ path }) => path))
  expect(training.labeled.problem?.message).toContain('“angry” has only “angry/2.wav”')
})

test('a recording with two labels is left out until the person says which is right', async () => {
  answers['emotion:readFolder'] = [...recordings, recording('happy/1.wav')]
  await read([...recordings.map(({ path }) => verdict(path)), verdict('sad/1.wav')])
  const clip = training.labeled.clips.find(({ clipId }) => clipId === ('sad/1.wav' as SourceId))
  if (clip === undefined) throw new Error('the clip was not taken')
  expect(training.labeled.faultOf(clip)).toBe('the same recording is labeled Sad and Happy')
  expect(training.labeled.isUsed(clip)).toBe(false)
  training.labeled.relabel(clip, 'sad')
  expect(training.labeled.isUsed(clip)).toBe(true)
  expect(training.labeled.problem).toBeNull()
})

test('a training starts with the clips that are used, and shows its curve, its checks and the best', async () => {
  await read()
  training.name = ' Moods '
  training.trainedOn = 'Ann'
  training.licence = 'mine'
  expect(training.missing).toBeNull()
  await training.start()
  expect(asked.at(-1)).toMatchObject({
    name: 'emotion:train',
    request: { name: 'Moods', plan: { method: 'statistics' }, clips: { length: 6 } },
  })
  await training.show(modelId)
  training.receive({
    kind: 'emotion-training-progressed',
    modelId,
    point: point(200, { heldOutLoss: 0.7, losses: {} }),
  })
  expect(training.points.map(({ step }) => step)).toEqual([10, 100, 200])
  expect(training.checkpoints.map(({ step }) => step)).toEqual([200, 100])
  expect(training.bestStep).toBe(200)
})

test('tables ask for neutral clips, a network for three emotions, and each is asked for as it is', async () => {
  answers['emotion:readFolder'] = recordings.slice(2)
  await read(recordings.slice(2).map(({ path }) => verdict(path)))
  expect(training.labeled.problem).toBeNull()
  training.learner = 'compact'
  expect(training.labeled.problem?.message).toContain('at least 3 emotions')
  answers['emotion:readFolder'] = recordings
  await read()
  training.learner = 'paper'
  expect(training.labeled.problem).toBeNull()
  await training.askEstimates()
  expect(asked.slice(-3).map(({ request }) => (request as { plan: unknown }).plan)).toEqual([
    { method: 'statistics' },
    { method: 'relgan', size: 'compact' },
    { method: 'relgan', size: 'paper' },
  ])
  await training.start()
  expect(asked.at(-1)).toMatchObject({ request: { plan: { method: 'relgan', size: 'paper' } } })
  expect(training.shownMethod).toBe('relgan')
})

test('a checkpoint is heard on a clip of one emotion as another, as much as was chosen', async () => {
  await training.show(modelId)
  const { listening } = training
  expect(listening.clip?.fileName).toBe('neutral/1.wav')
  expect(listening.targets).toEqual(['angry', 'sad'])
  listening.chooseSource('sad')
  expect(listening.targets).toEqual(['angry'])
  listening.chooseIntensity(1.5)
  const heard = listening.sounds.render(100)
  await new Promise(setImmediate)
  expect(asked.at(-1)).toEqual({
    name: 'emotion:hearCheckpoint',
    request: { modelId, step: 100, clipId: 'sad/1.wav', sourceEmotion: 'sad', emotion: 'angry', intensity: 1.5 },
  })
  over({ kind: 'emotion-audition', modelId, auditionId: 'a', originalId: 'o' })
  expect(await heard).toBe('emotion-audition/moods/a')
  expect(listening.sounds.soundOf(100)).toBe('emotion-audition/moods/a')
  expect(listening.sounds.original).toBe('emotion-audition/moods/o')
  listening.chooseIntensity(1)
  expect(listening.sounds.soundOf(100)).toBeNull()
})

test('a training that was left is found by its model', () => {
  const left: Job = job('t', { kind: 'train', state: 'paused', subject: { kind: 'emotion', modelId } })
  jobs.receive({ kind: 'job-changed', job: left })
  expect(training.job?.id).toBe('t' as JobId)
  expect(training.modelId).toBe(modelId)
})

test('shown again, a training that has no model yet is called by its name, and its page is that of its method', async () => {
  await training.show(modelId)
  expect(training.shownName).toBe('Moods')
  expect(training.shownMethod).toBe('statistics')
})
