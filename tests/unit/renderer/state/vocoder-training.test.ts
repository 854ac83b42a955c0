import { beforeEach, expect, test } from 'vitest'
import type { VocoderId } from '../../../../src/shared/base/id.ts'
import type { ClipVerdict, TrainingPoint } from '../../../../src/shared/contract/jobs.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import type { TrainedVocoder, VocoderNetwork } from '../../../../src/shared/contract/vocoders.ts'
import { Jobs } from '../../../../src/renderer/state/Jobs.svelte.ts'
import { Library } from '../../../../src/renderer/state/Library.svelte.ts'
import { vocoderChoices, VocoderTraining } from '../../../../src/renderer/state/VocoderTraining.svelte.ts'
import { job, verdict } from '../../../support/window-records.ts'

const tom = 'tom' as VocoderId
const point = (step: number, heldOutLoss: number | null = null): TrainingPoint => ({
  step,
  trainLoss: 2,
  heldOutLoss,
  auditionId: null,
})
const folder = (path: string, names: readonly string[]) => ({
  path,
  parent: null,
  entries: names.map((name) => ({ name, path: `${path}/${name}`, isFolder: !name.includes('.') })),
})

const trained = (id: string, network: VocoderNetwork): TrainedVocoder => ({
  ...{ id: id as VocoderId, name: id, network, licence: '', trainedOn: '', personCount: 1, recordedSec: 60 },
  ...{ steps: 10, heldOutLoss: null, heldOutPeople: [], createdAtMs: 0 },
})

let answers: Record<string, unknown>
let library: Library
let asked: { name: string; request: unknown }[]
let jobs: Jobs
let training: VocoderTraining
beforeEach(() => {
  asked = []
  answers = {
    'vocoder:train': { jobId: 't', vocoderId: tom },
    'vocoder:trainingCurve': [point(10), point(20, 1.5), point(30, 1.4)],
    'vocoder:asked': null,
  }
  const folders = [
    folder('/voices', ['ann', 'ben']),
    folder('/voices/ann', ['a.wav']),
    folder('/voices/ben', ['b.wav']),
  ]
  const call = ((name: string, request: { readonly path?: string }) => {
    asked.push({ name, request })
    if (name === 'singer:inspectClips') return Promise.resolve({ jobId: `j${asked.length}` })
    if (name === 'folder:list') return Promise.resolve(folders.find(({ path }) => path === request.path))
    return Promise.resolve(name in answers ? answers[name] : [])
  }) as Call // a test's own application: it answers what the contract says
  jobs = new Jobs(call)
  library = new Library(call)
  training = new VocoderTraining(call, jobs, library)
})

async function hear(clips: readonly ClipVerdict[]): Promise<void> {
  await new Promise(setImmediate)
  jobs.receive({
    kind: 'job-changed',
    job: job(`j${asked.length}`, { state: 'done', outcome: { kind: 'inspect', clips } }),
  })
}

test('a folder of folders gives a person each, and the request tells whose every recording is', async () => {
  const reading = training.people.listenToFolders('/voices')
  await hear([verdict('a.wav')])
  await hear([verdict('b.wav')])
  await reading
  expect(training.people.all.map(({ name }) => name)).toEqual(['ann', 'ben'])
  expect(training.missing).toBe('The vocoder needs a name.')
  training.name = 'Tom'
  training.trainedOn = 'Two voices'
  training.licence = 'CC0'
  expect(training.missing).toBeNull()
  training.choice = vocoderChoices[2]
  await training.start()
  expect(asked.at(-1)).toMatchObject({
    name: 'vocoder:train',
    request: {
      name: 'Tom',
      ...vocoderChoices[2],
      recordings: [
        { clipId: 'a.wav', person: 'ann' },
        { clipId: 'b.wav', person: 'ben' },
      ],
    },
  })
})

test('recordings of another person than most are no fault here, and two people are not called the same', async () => {
  const [first] = training.people.all
  const reading = training.people.listenTo(first, [{ kind: 'path', path: 'duo' }])
  await hear([
    verdict('duo', { isKept: false, findings: [{ fault: 'other-singer', isSevere: true, words: 'another' }] }),
  ])
  await reading
  expect(first.recordings).toHaveLength(1)
  first.name = 'Ann'
  const second = training.people.add()
  if (second === null) throw new Error('there was no room')
  second.name = 'ann '
  expect(training.problemOfPerson(second)).toContain('ann')
})

test('what each network would take is asked for once there is a recording, of all of them', async () => {
  await training.askEstimates()
  expect(asked).toEqual([])
  const reading = training.people.listenTo(training.people.all[0], [{ kind: 'path', path: 'a' }])
  await hear([verdict('a')])
  await reading
  await training.askEstimates()
  const estimates = asked.filter(({ name }) => name === 'vocoder:estimateTraining')
  expect(estimates.map(({ request }) => request)).toMatchObject(vocoderChoices)
})

test('a training that goes on is shown with its curve, and the best of its checks is told', async () => {
  const subject = { kind: 'vocoder' as const, vocoderId: tom }
  jobs.receive({ kind: 'job-changed', job: job('t', { kind: 'train', state: 'running', subject }) })
  expect(training.job?.id).toBe('t')
  await training.show(tom)
  expect([training.points.length, training.bestStep]).toEqual([3, 30])
  training.receive({ kind: 'vocoder-training-progressed', vocoderId: tom, point: point(40, 1.6) })
  expect([training.points.length, training.bestStep]).toEqual([4, 30])
})

test('a student is taught by a WaveNet of the library, the one that was chosen, and without one it can’t start', async () => {
  training.name = 'Quick'
  training.trainedOn = 'One voice'
  training.licence = 'CC0'
  const reading = training.people.listenTo(training.people.all[0], [{ kind: 'path', path: 'a' }])
  await hear([verdict('a')])
  await reading
  training.people.all[0].name = 'ann'
  training.choice = vocoderChoices[0]
  expect([training.teachers, training.missing]).toEqual([null, null])
  const student = vocoderChoices.find(({ network }) => network === 'parallel-wavenet')
  if (student === undefined) throw new Error('students are offered')
  training.choice = student
  expect(training.teachers).toEqual([])
  expect(training.missing).toContain('trained WaveNet')

  answers['vocoder:list'] = [trained('p', 'source-filter'), trained('v', 'wavenet'), trained('w', 'wavenet')]
  await library.load()
  expect(training.missing).toBeNull()
  expect(training.teachers?.map(({ id }) => id)).toEqual(['v', 'w'])
  expect(training.teacher?.id).toBe('v')
  training.chooseTeacher('w' as VocoderId)
  await training.start()
  const teacher = { kind: 'vocoder', vocoderId: 'w' }
  expect(asked.at(-1)).toMatchObject({ name: 'vocoder:train', request: { ...student, teacher } })
})

test('a recording is heard through a checkpoint, at first of somebody who was not learned from, and through each once', async () => {
  const recordings = ['ann', 'ben'].map((person) => ({ clipId: person, fileName: `${person}.wav`, person }))
  answers['vocoder:asked'] = { name: 'Tom', network: 'source-filter', recordings }
  answers['vocoder:checkpoints'] = [20, 30]
  answers['vocoder:list'] = [{ ...trained('tom', 'source-filter'), heldOutPeople: ['ben'] }]
  answers['vocoder:hearCheckpoint'] = { jobId: 'h' }
  await library.load()
  await training.show(tom)
  const { listening } = training
  expect([listening.person, listening.recording?.fileName, listening.isHeldOut('ben')]).toEqual([
    'ben',
    'ben.wav',
    true,
  ])
  expect([10, 20].map((step) => listening.sounds.canHear(point(step)))).toEqual([false, true])
  const heard = listening.sounds.render(20)
  await new Promise(setImmediate)
  expect(asked.at(-1)).toEqual({ name: 'vocoder:hearCheckpoint', request: { vocoderId: tom, step: 20, clipId: 'ben' } })
  const outcome = { kind: 'vocoder-audition' as const, vocoderId: tom, auditionId: 'a', originalId: 'o' }
  jobs.receive({ kind: 'job-changed', job: job('h', { state: 'done', outcome }) })
  expect(await heard).toBe('vocoder-audition/tom/a')
  expect([listening.sounds.soundOf(20), listening.sounds.original]).toEqual([
    'vocoder-audition/tom/a',
    'vocoder-audition/tom/o',
  ])
  listening.choosePerson('ann')
  expect([listening.recording?.fileName, listening.sounds.soundOf(20), listening.sounds.original]).toEqual([
    'ann.wav',
    null,
    null,
  ])
})

test('where nobody could be held out the checkpoints that are kept are listed, and the last one counts as the best', async () => {
  answers['vocoder:trainingCurve'] = [point(10), point(20), point(25), point(30)]
  answers['vocoder:checkpoints'] = [10, 20]
  await training.show(tom)
  expect([training.checkpoints.map(({ step }) => step), training.bestStep]).toEqual([[20, 10], 20])
  answers['vocoder:checkpoints'] = [20, 40]
  training.receive({ kind: 'vocoder-training-progressed', vocoderId: tom, point: point(40) })
  await new Promise(setImmediate)
  expect([training.checkpoints.map(({ step }) => step), training.bestStep]).toEqual([[40, 20], 40])
})
