import { expect, test } from 'vitest'
import { failure } from '../../../../src/shared/base/errors.ts'
import type { JobId, ProjectId, RegionId, RenderKey } from '../../../../src/shared/base/id.ts'
import type { Job, JobOutcome } from '../../../../src/shared/contract/jobs.ts'
import type { Call, Request } from '../../../../src/shared/contract/verbs.ts'
import type { MatchedSounds } from '../../../../src/renderer/audio/matched-sounds.ts'
import { matchingGain } from '../../../../src/renderer/audio/loudness-matching.ts'
import { EmotionHearing } from '../../../../src/renderer/state/EmotionHearing.svelte.ts'
import { Session } from '../../../../src/renderer/state/Session.svelte.ts'
import { changePerformance, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import type { Performance } from '../../../../src/shared/project/performance.ts'
import { gainToDb } from '../../../../src/shared/units/level.ts'
import { chorus, countingIds, mira, singerTrack, smallSong, sourceId } from '../../../support/documents.ts'
import { settled } from '../../../support/test-editor.ts'

type Asked = Request<'project:convert'>

const r1 = 'r1' as RegionId
const happily = (performance: Performance): Performance => ({
  ...performance,
  emotion: { emotionId: 'happy', intensity: 0.7 },
  curves: { ...performance.curves, intensity: [{ atSamples: 0, value: 0.3 }] },
})

/** The chorus of the small song, sung by Mira with an emotion whose intensity is drawn, and what it is heard with. */
function studio(change: (performance: Performance) => Performance = happily) {
  const sung = singRegions(smallSong(), [chorus], singerTrack, mira, countingIds())
  const document = changePerformance(sung, [r1], change)
  const asked: Asked[] = []
  const cancelled: string[] = []
  const said: string[] = []
  const played: { mediaId: string; startSamples: number; loops: boolean; matched: string | null; end: () => void }[] =
    []
  const call = ((name: string, request: Asked & { jobId: JobId }) => {
    if (name === 'jobs:cancel') cancelled.push(request.jobId)
    if (name !== 'project:convert') return Promise.resolve({})
    asked.push(request)
    return Promise.resolve({ jobId: `job${asked.length}` })
  }) as Call // a test's own application: it answers what the contract says
  const sounds: MatchedSounds = {
    play: ({ mediaId, startSamples }, { asLoudAs, loops }) =>
      new Promise((end) => played.push({ mediaId, startSamples, loops, matched: asLoudAs?.mediaId ?? null, end })),
    stop: () => played.at(-1)?.end(),
    close: () => said.push('closed'),
  }
  const opened = { projectId: 'p1' as ProjectId, document, path: null, wasRecovered: false, copyOf: null }
  const session = new Session({ ...opened, missingSourceIds: [] }, call)
  let stops = 0
  const transport = { matchesLoudness: true, stop: () => void stops++ }
  const hearing = new EmotionHearing({ session, call, host: { say: (words) => said.push(words) }, transport, sounds })
  return { hearing, session, region: session.project.regions[r1], asked, cancelled, said, played, stops: () => stops }
}

function job(id: string, asked: Asked, change: Partial<Job> = {}): Job {
  const outcome: JobOutcome = {
    kind: 'convert',
    wasCached: false,
    render: {
      key: `key-of-${id}` as RenderKey,
      sourceStartSamples: asked.sourceStartSamples,
      durationSamples: asked.durationSamples,
      performance: asked.performance,
      singerDigest: 'd',
      semitones: 0,
    },
    // Only the render is heard.
    report: {} as Extract<JobOutcome, { kind: 'convert' }>['report'],
  }
  return {
    id: id as JobId,
    kind: 'audition',
    title: '',
    state: 'done',
    fraction: 1,
    phase: '',
    remainingSec: null,
    queuePosition: null,
    createdAtMs: 0,
    finishedAtMs: null,
    subject: { kind: 'region', projectId: 'p1' as ProjectId, regionId: r1 },
    outcome,
    failure: null,
    isRetryable: false,
    ...change,
  }
}

test('an intensity is rendered as a preview over the whole region, and the document stays as it is', async () => {
  const { hearing, session, region, asked, played, stops } = studio()
  const before = session.project
  void hearing.hear(region, 0.5)
  await settled()
  expect(stops()).toBe(1)
  expect(hearing.stateOf(region, 0.5).kind).toBe('rendering')
  expect(asked).toMatchObject([
    {
      isPreview: true,
      sourceStartSamples: 228_000,
      performance: { emotion: { emotionId: 'happy', intensity: 0.5 }, curves: { intensity: null } },
    },
  ])
  hearing.jobChanged(job('job1', asked[0], { state: 'running', fraction: 0.4, outcome: null }))
  expect(hearing.stateOf(region, 0.5)).toMatchObject({ fraction: 0.4 })
  hearing.jobChanged(job('job1', asked[0]))
  await settled()
  // The render begins a quarter of a second before its region.
  expect(played).toMatchObject([
    {
      mediaId: 'project/p1/render/key-of-job1',
      startSamples: 12_000,
      loops: true,
      matched: `project/p1/source/${sourceId}`,
    },
  ])
  expect(session.project).toBe(before)
})

test('in turn all three are asked for at once, and each plays when the one before is over', async () => {
  const { hearing, region, asked, played } = studio()
  void hearing.hearInTurn(region)
  await settled()
  expect(asked.map(({ performance }) => performance.emotion.intensity)).toEqual([0, 0.5, 1])
  for (const [index, one] of asked.entries()) hearing.jobChanged(job(`job${index + 1}`, one))
  await settled()
  expect(played).toHaveLength(1)
  expect(hearing.intensity).toBe(0)
  played[0].end()
  await settled()
  expect(hearing.intensity).toBe(0.5)
  played[1].end()
  await settled()
  expect(played.map(({ loops }) => loops)).toEqual([false, false, false])
  played[2].end()
  await settled()
  expect(hearing.intensity).toBeNull()
  // Heard again it needs no render.
  void hearing.hear(region, 1)
  await settled()
  expect(asked).toHaveLength(3)
  expect(played).toHaveLength(4)
})

test('where nothing of a singer is heard, none of the emotion is the source itself', async () => {
  const { hearing, region, asked, played } = studio((performance) => ({
    ...happily(performance),
    strength: 0,
    transposition: { kind: 'semitones', semitones: 0 },
  }))
  void hearing.hear(region, 0)
  await settled()
  expect(asked).toEqual([])
  expect(played).toMatchObject([{ mediaId: `project/p1/source/${sourceId}`, startSamples: 240_000 }])
})

test('stopping cancels what is still rendered, and a fault is said and shown', async () => {
  const { hearing, region, asked, cancelled, said, played } = studio()
  void hearing.hear(region, 1)
  await settled()
  hearing.stop()
  expect(cancelled).toEqual(['job1'])
  hearing.jobChanged(job('job1', asked[0], { state: 'cancelled', outcome: null }))
  await settled()
  expect(played).toEqual([])
  expect(hearing.stateOf(region, 1).kind).toBe('unknown')

  void hearing.hear(region, 1)
  await settled()
  const fault = failure('disk-full', 'The disk is full.')
  hearing.jobChanged(job('job2', asked[1], { state: 'failed', outcome: null, failure: fault }))
  await settled()
  expect(hearing.stateOf(region, 1)).toMatchObject({ kind: 'failed', failure: { message: 'The disk is full.' } })
  expect(said).toEqual(['The disk is full.'])
  expect(hearing.intensity).toBeNull()
})

test('a song that is left gives back the device that its emotions were heard on', () => {
  const { hearing, said } = studio()
  hearing.dispose()
  expect(said).toEqual(['closed'])
})

test('a sound is made as loud as another, within twelve decibels', () => {
  expect(gainToDb(matchingGain(-20, -17))).toBeCloseTo(3, 6)
  expect(gainToDb(matchingGain(-50, -17))).toBeCloseTo(12, 6)
  expect(matchingGain(null, -17)).toBe(1)
})
