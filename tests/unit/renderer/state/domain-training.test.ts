import { beforeEach, expect, test } from 'vitest'
import type { DomainId } from '../../../../src/shared/base/id.ts'
import type { ClipVerdict, TrainingPoint } from '../../../../src/shared/contract/jobs.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { DomainTraining } from '../../../../src/renderer/state/DomainTraining.svelte.ts'
import type { RecordingDraft } from '../../../../src/renderer/state/RecordingDraft.svelte.ts'
import { Jobs } from '../../../../src/renderer/state/Jobs.svelte.ts'
import { Library } from '../../../../src/renderer/state/Library.svelte.ts'
import { horn } from '../../../support/documents.ts'
import { domain } from '../../../support/test-editor.ts'
import { job, verdict } from '../../../support/window-records.ts'

const flute = 'flute' as DomainId
const point = (step: number, change: Partial<TrainingPoint> = {}): TrainingPoint => ({
  step,
  trainLoss: 5,
  heldOutLoss: null,
  auditionId: null,
  ...change,
})

let asked: { name: string; request: unknown }[]
let answers: Record<string, unknown>
let jobs: Jobs
let library: Library
let training: DomainTraining
beforeEach(() => {
  asked = []
  answers = {
    'domain:train': { jobId: 't', domainIds: [flute, horn] },
    'domain:trainingCurve': [point(10), point(20, { heldOutLoss: 4, losses: { reconstruction: 4 } })],
    'domain:asked': null,
    'domain:list': [domain(horn, 'Horn')],
    'folder:list': {
      path: '/music/Fiddle',
      parent: '/music',
      entries: [
        { name: 'old', path: '/music/Fiddle/old', isFolder: true },
        { name: 'a.wav', path: '/music/Fiddle/a.wav', isFolder: false },
      ],
    },
    'watch:describe': { folder: null, newFiles: [] },
  }
  const call = ((name: string, request: unknown) => {
    asked.push({ name, request })
    if (name === 'singer:inspectClips') return Promise.resolve({ jobId: `j${asked.length}` })
    return Promise.resolve(name in answers ? answers[name] : [])
  }) as Call // a test's own application: it answers what the contract says
  jobs = new Jobs(call)
  library = new Library(call)
  training = new DomainTraining(call, jobs, library)
})

async function hear(reading: Promise<void>, clips: readonly ClipVerdict[]): Promise<void> {
  await new Promise(setImmediate)
  const outcome = { kind: 'inspect' as const, clips }
  jobs.receive({ kind: 'job-changed', job: job(`j${asked.length}`, { state: 'done', outcome }) })
  await reading
}
const give = (draft: RecordingDraft, name: string): Promise<void> =>
  hear(training.drafts.listenTo(draft, [{ kind: 'path', path: name }]), [verdict(name)])

test('what is missing is said of each instrument in turn, and then of the recordings’ rights', async () => {
  const [first, second] = training.drafts.all
  expect(training.missing).toBe('Instrument 1: It needs a name.')
  first.name = 'Flute'
  expect(training.missing).toBe('Flute: It needs a recording.')
  await give(first, 'flute.wav')
  second.name = ' flute'
  expect(training.missing).toMatch(/^flute: .*flute/i)
  second.name = 'Fiddle'
  await give(second, 'fiddle.wav')
  expect(training.missing).toBe('Say whose recordings these are.')
  training.learnedFrom = 'Mine'
  training.licence = 'CC0'
  expect(training.missing).toBe('Confirm that these recordings may be learned from.')
  training.mayLearn = true
  expect(training.missing).toBeNull()
  await training.start()
  expect(asked.at(-1)).toMatchObject({
    name: 'domain:train',
    request: {
      domains: [
        { name: 'Flute', recordings: [{ clipId: 'flute.wav' }] },
        { name: 'Fiddle', recordings: [{ clipId: 'fiddle.wav' }] },
      ],
      size: 'preview',
      licence: 'CC0',
      learnedFrom: 'Mine',
    },
  })
})

test('a folder gives its audio files, and its name to an instrument that has none', async () => {
  const [first] = training.drafts.all
  await hear(training.drafts.listenToFolder(first, '/music/Fiddle'), [verdict('a.wav')])
  expect(first.name).toBe('Fiddle')
  expect(asked.at(-1)).toMatchObject({ request: { files: [{ kind: 'path', path: '/music/Fiddle/a.wav' }] } })
})

test('what a voice would be left out for is no fault of an instrument; a broken file is', async () => {
  const [first] = training.drafts.all
  const finding = (fault: 'several-voices' | 'broken') => ({ fault, isSevere: true, words: fault })
  await hear(training.drafts.listenTo(first, [{ kind: 'path', path: 'duo' }]), [
    verdict('duo', { isKept: false, findings: [finding('several-voices')] }),
    verdict('torn', { isKept: false, findings: [finding('broken')] }),
  ])
  expect(first.recordings.map(({ clipId }) => clipId)).toEqual(['duo'])
})

test('below a trained encoder there is one instrument and one size, and the request names the domain', async () => {
  await library.load()
  training.startOver(horn)
  expect([training.beside?.name, training.drafts.all.length, training.sizes.length]).toEqual(['Horn', 1, 1])
  expect([training.drafts.canAdd, training.drafts.canRemove]).toEqual([false, false])
  training.drafts.add()
  expect(training.drafts.all.length).toBe(1)
  const [only] = training.drafts.all
  only.name = 'horn'
  expect(training.problemOfName(only)).toContain('horn')
  only.name = 'Tuba'
  await give(only, 'tuba.wav')
  await training.askEstimates()
  expect(asked.at(-1)).toMatchObject({ name: 'domain:estimateTraining', request: { besideId: horn, domains: [{}] } })
})

test('a training is known by any of its domains, and its newest losses are told', async () => {
  const subject = { kind: 'domain' as const, domainIds: [flute, horn] }
  jobs.receive({ kind: 'job-changed', job: job('t', { kind: 'train', state: 'running', subject }) })
  await training.show(horn)
  expect(training.checks.map(({ step }) => step)).toEqual([20])
  training.receive({
    kind: 'domain-training-progressed',
    domainId: flute,
    point: point(30, { heldOutLoss: 3, losses: { reconstruction: 3 } }),
  })
  expect([training.bestStep, training.points.length]).toEqual([30, 3])
})
