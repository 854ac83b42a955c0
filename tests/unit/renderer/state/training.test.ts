import { beforeEach, expect, test } from 'vitest'
import type { SingerId, SourceId } from '../../../../src/shared/base/id.ts'
import type { ClipVerdict, TrainingPoint } from '../../../../src/shared/contract/jobs.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { Jobs } from '../../../../src/renderer/state/Jobs.svelte.ts'
import { Library } from '../../../../src/renderer/state/Library.svelte.ts'
import { Training } from '../../../../src/renderer/state/Training.svelte.ts'
import { singer } from '../../../support/test-editor.ts'
import { job, verdict as clip } from '../../../support/window-records.ts'

const point = (step: number, heldOutLoss: number | null = null): TrainingPoint => ({
  step,
  trainLoss: 1,
  heldOutLoss,
  auditionId: null,
})

const ines = 'ines' as SingerId
let asked: { name: string; request: unknown }[]
let jobs: Jobs
let training: Training
beforeEach(() => {
  asked = []
  const call = (async (name: string, request: unknown) => {
    asked.push({ name, request })
    if (name === 'singer:inspectClips') return { jobId: 'i' }
    if (name === 'singer:train') return { jobId: 't', singerId: ines, besideIds: [] }
    if (name === 'singer:estimateWaveform')
      return { clipsSec: 9, engine: null, sizes: { preview: 'p', compact: 'c', paper: 'full' } }
    return name === 'singer:trainingCurve' ? [point(1), point(2, 0.5)] : []
  }) as Call // a test's own application: it answers what the contract says
  const library = new Library(call)
  library.receive({ kind: 'singers-changed', singers: [singer('mira' as SingerId, 'Mira', 0)] })
  jobs = new Jobs(call)
  training = new Training(call, jobs, library)
})

async function addClips(...clips: readonly ClipVerdict[]): Promise<void> {
  const adding = training.addClips([{ kind: 'path', path: '/clips/a.wav' }])
  jobs.receive({ kind: 'job-changed', job: job('i', { state: 'done', outcome: { kind: 'inspect', clips } }) })
  await adding
}
function fillVoice(): void {
  training.name = ' Ines '
  training.ownerAgrees = true
  training.consent = 'Recorded by the singer'
}

test('a training cannot start until name, consent and a usable clip are there, and says what is missing', async () => {
  expect(training.missing).toBe('The singer needs a name.')
  training.name = 'mira'
  expect(training.missing).toContain('already here')
  training.name = 'Ines'
  expect(training.missing).toContain('owner of the voice agrees')
  fillVoice()
  expect(training.missing).toContain('At least one clip')
  await addClips(clip('a', { isKept: false, reason: 'too quiet' }))
  expect(training.missing).toContain('At least one clip')
  await addClips(clip('b'))
  expect(training.missing).toBeNull()
})

test('usable voice, range and coverage are those of the clips that are used', async () => {
  await addClips(clip('a'), clip('b', { lowestHz: 150, highestHz: 500 }), clip('c', { isKept: false, lowestHz: 50 }))
  expect(training.usableSec).toBe(60)
  expect(training.rangeHz).toEqual({ lowestHz: 150, highestHz: 500 })
  expect(training.coverage.get(62)).toBe(40)
  training.dataset.toggle(training.clips[1])
  expect(training.usableSec).toBe(30)
  expect(training.rangeHz).toEqual({ lowestHz: 200, highestHz: 400 })
  training.dataset.toggle(training.clips[1])
  expect(training.usableSec).toBe(60)
})

test('a slice that is left out is told to the training and counts no more; the last one stays', async () => {
  await addClips(clip('a'), clip('b'))
  const [first] = training.clips
  training.dataset.toggleSlice(first, first.slices[0])
  expect(training.usableSec).toBe(45)
  training.dataset.toggleSlice(first, first.slices[1])
  expect(training.dataset.isSliceUsed(first, first.slices[1])).toBe(true)
  fillVoice()
  await training.start()
  expect(asked.at(-1)?.request).toMatchObject({ slices: { a: [{ startSec: 30, endSec: 50 }] } })
})

test('a clip that the doctor skips can be used all the same, unless there is nothing in it', async () => {
  const noisy = { fault: 'noisy', isSevere: true, words: 'noisy' } as const
  const broken = { fault: 'broken', isSevere: true, words: 'broken' } as const
  await addClips(clip('a', { isKept: false, findings: [noisy] }), clip('b', { isKept: false, findings: [broken] }))
  expect(training.dataset.used).toEqual([])
  for (const one of training.clips) training.dataset.toggle(one)
  expect(training.usedClipIds).toEqual(['a'])
})

test('new clips are judged beside those that are there, and taking a copy’s original out judges anew', async () => {
  await addClips(clip('a'))
  const copy = { fault: 'same-audio', isSevere: true, words: 'same audio as a.wav' } as const
  await addClips(clip('a'), clip('b', { isKept: false, findings: [copy] }))
  expect(asked.at(-1)?.request).toMatchObject({ besideClipIds: ['a'] })
  const removing = training.removeClip('a' as SourceId)
  jobs.receive({
    kind: 'job-changed',
    job: job('i', { state: 'done', outcome: { kind: 'inspect', clips: [clip('b')] } }),
  })
  await removing
  expect(asked.at(-1)?.request).toEqual({ files: [], besideClipIds: ['b'] })
  expect(training.usedClipIds).toEqual(['b'])
})

test('the same clip given twice stands there once', async () => {
  await addClips(clip('a'))
  await addClips(clip('a', { reason: 'clean again' }))
  expect(training.clips.map(({ reason }) => reason)).toEqual(['clean again'])
})

test('a training is asked for with what is on the page, and its hue is one that few have', async () => {
  fillVoice()
  await addClips(clip('a'), clip('b'))
  training.dataset.toggle(training.clips[0])
  await training.start()
  expect(asked.at(-1)).toEqual({
    name: 'singer:train',
    request: {
      name: 'Ines',
      hueIndex: 1,
      consent: 'Recorded by the singer',
      clipIds: ['b'],
      preset: 'normal',
      seed: 1,
    },
  })
  expect(training.singerId).toBe(ines)
})

test('whoever wants a singer learned from scratch is told what that takes, and gets it', async () => {
  fillVoice()
  await addClips(clip('a'))
  training.method = 'scratch'
  await training.askEstimate()
  expect(asked.at(-1)).toEqual({ name: 'singer:estimateTraining', request: { clipIds: ['a'], method: 'scratch' } })
  await training.start()
  expect(asked.at(-1)?.request).toMatchObject({ method: 'scratch' })
  training.startOver()
  expect(training.method).toBe('automatic')
})

test('the curve is read once and grows with the news, each step once and in order', async () => {
  await training.show(ines)
  training.receive({ kind: 'training-progressed', singerId: ines, point: point(3, 0.4) })
  training.receive({ kind: 'training-progressed', singerId: ines, point: point(2, 0.45) })
  training.receive({ kind: 'training-progressed', singerId: 'mira' as SingerId, point: point(9) })
  expect(training.points.map(({ step }) => step)).toEqual([1, 2, 3])
  expect(training.checkpoints.map(({ step }) => step)).toEqual([3, 2])
  expect(training.bestStep).toBe(3)
})

test('a training that goes on is shown without asking, and another can be begun beside it', () => {
  const subject = { kind: 'singer', singerId: ines } as const
  jobs.receive({ kind: 'job-changed', job: job('t', { kind: 'train', subject }) })
  expect(training.job?.id).toBe('t')
  expect(training.singerId).toBe(ines)
  training.startOver()
  expect(training.job).toBeNull()
})

test('several singers are learned in one training, each with a name, an agreement and clips of their own', async () => {
  fillVoice()
  await addClips(clip('a'))
  training.method = 'scratch'
  training.addDraft()
  expect(training.method).toBe('automatic')
  expect(training.missing).toBe('Singer 2: The singer needs a name.')
  training.name = 'ines'
  expect(training.missing).toBe('Ines: Two singers of this training are called “Ines”.')
  training.name = 'Tom'
  training.ownerAgrees = true
  training.consent = 'I am Tom'
  expect(training.missing).toBe('Tom: At least one clip with a voice is needed.')
  await addClips(clip('b'))
  expect(training.missing).toBeNull()
  expect(training.clips.map(({ clipId }) => clipId)).toEqual(['b'])
  await training.askEstimate()
  expect(asked.at(-1)?.request).toEqual({ clipIds: ['a'], besideClipIds: [['b']] })
  training.method = 'joint'
  await training.start()
  expect(asked.at(-1)?.request).toMatchObject({
    name: 'Ines',
    clipIds: ['a'],
    method: 'joint',
    beside: [{ name: 'Tom', consent: 'I am Tom', clipIds: ['b'] }],
  })
})

test('singers of a waveform model are asked about and learned by size, and nobody is learned in one alone', async () => {
  fillVoice()
  await addClips(clip('a'))
  expect(training.methods).not.toContain('waveform')
  training.addDraft()
  training.name = 'Tom'
  await addClips(clip('b'))
  training.method = 'waveform'
  training.preset = 'long'
  await training.askEstimate()
  expect(asked.at(-1)).toEqual({ name: 'singer:estimateWaveform', request: { clipIds: [['a'], ['b']] } })
  await training.start()
  expect(asked.at(-1)?.request).toMatchObject({ method: 'joint', waveform: { size: 'paper' } })
})

test('a singer who is left out of a training takes name and clips along', async () => {
  fillVoice()
  await addClips(clip('a'))
  training.addDraft()
  training.removeDraft(training.draft)
  expect(training.name).toBe(' Ines ')
  training.removeDraft(training.draft)
  expect(training.drafts).toHaveLength(1)
})
