import { expect, test } from 'vitest'
import { failure, FailureError } from '../../../../src/shared/base/errors.ts'
import { mintId, type JobId } from '../../../../src/shared/base/id.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import { createJobQueue } from '../../../../src/main/jobs/queue.ts'
import type { RunCommand, RunControl, RunEnd, Work } from '../../../../src/main/jobs/work.ts'
import { silentLogger } from '../../../../src/main/logger.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'

const done: RunEnd = { kind: 'done', outcome: { kind: 'engine-check' } }

/** A piece of work that runs until the test ends it, like a worker that obeys. */
function heldWork(title: string, fields: Partial<Work> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<RunEnd>()
  const heard: RunCommand[] = []
  let control: RunControl | null = null
  let runCount = 0
  const work: Work = {
    kind: 'convert',
    title,
    subject: { kind: 'machine' },
    lane: 'interactive',
    priority: 'selected',
    shareKey: null,
    replaceKey: null,
    run: (given) => {
      control = given
      runCount++
      given.onCommand((wanted) => {
        heard.push(wanted)
        if (wanted === 'cancel') resolve({ kind: 'cancelled' })
        if (wanted === 'pause') resolve({ kind: 'paused' })
      })
      return promise
    },
    ...fields,
  }
  return {
    work,
    heard,
    end: resolve,
    crash: reject,
    runCount: () => runCount,
    report: (fraction: number, phase?: string) => control?.progress.report(fraction, phase),
  }
}

function openQueue(earlier: readonly Job[] = []) {
  const clock = createFakeClock()
  const told: Job[] = []
  const saved: { job: Job; request: unknown }[] = []
  const random = createRandom(1)
  const queue = createJobQueue({
    earlier,
    clock,
    mintJobId: () => mintId<JobId>(random),
    onChange: (job) => told.push(job),
    save: (job, request) => saved.push({ job, request }),
    logger: silentLogger,
  })
  const job = (id: JobId): Job => {
    const found = queue.list().find((candidate) => candidate.id === id)
    if (!found) throw new Error(`no job ${id}`)
    return found
  }
  return { queue, clock, told, saved, job }
}

test('one piece of work runs at a time in a lane, what is selected before what is merely there', async () => {
  const { queue, job } = openQueue()
  const first = heldWork('first')
  const rest = heldWork('rest', { priority: 'rest' })
  const selected = heldWork('selected')
  const [firstId, restId, selectedId] = [first, rest, selected].map(({ work }) => queue.add(work))
  expect([firstId, selectedId, restId].map((id) => [job(id).state, job(id).queuePosition])).toEqual([
    ['running', null],
    ['queued', 1],
    ['queued', 2],
  ])
  first.end(done)
  await queue.ended(firstId)
  expect([job(selectedId).state, job(restId).queuePosition]).toEqual(['running', 1])
})

test('waiting work takes the place it is given, what is asked for later finds its own, and what runs stays', async () => {
  const { queue } = openQueue()
  const works = ['runs', 'a', 'b', 'c'].map((title) => heldWork(title, { priority: 'rest' }))
  const [, a, , c] = works.map((one) => queue.add(one.work))
  queue.move(c, 1)
  queue.move(a, 99)
  const waiting = () =>
    queue
      .list()
      .filter((job) => job.state === 'queued')
      .sort((one, other) => (one.queuePosition ?? 0) - (other.queuePosition ?? 0))
      .map((job) => job.title)
  expect(waiting()).toEqual(['c', 'b', 'a'])
  queue.add(heldWork('selected', { priority: 'selected' }).work)
  expect(waiting()).toEqual(['selected', 'c', 'b', 'a'])
  works[0].end(done)
  await expect.poll(waiting).toEqual(['c', 'b', 'a'])
})

test('a training never holds up a conversion, and an import neither', () => {
  const { queue, job } = openQueue()
  const ids = (['training', 'interactive', 'files'] as const).map((lane) => queue.add(heldWork(lane, { lane }).work))
  expect(ids.map((id) => job(id).state)).toEqual(['running', 'running', 'running'])
})

test('the same render asked for twice is made once, and both jobs are done', async () => {
  const { queue, job } = openQueue()
  const first = heldWork('first', { shareKey: 'key' })
  const second = heldWork('second', { shareKey: 'key' })
  const ids = [queue.add(first.work), queue.add(second.work)]
  first.end(done)
  await Promise.all(ids.map(queue.ended))
  expect(ids.map((id) => job(id).state)).toEqual(['done', 'done'])
  expect([first.runCount(), second.runCount()]).toEqual([1, 0])
})

test('cancelling one of two who share a run leaves the run to the other', async () => {
  const { queue, job } = openQueue()
  const shared = heldWork('shared', { shareKey: 'key' })
  const [first, second] = [queue.add(shared.work), queue.add(shared.work)]
  queue.command(first, 'cancel')
  expect(shared.heard).toEqual([])
  shared.end(done)
  await queue.ended(second)
  expect([job(first).state, job(second).state]).toEqual(['cancelled', 'done'])
})

test('a newer request for a region cancels the older one', () => {
  const { queue, job } = openQueue()
  const older = heldWork('older', { shareKey: 'sad', replaceKey: 'region' })
  const newer = heldWork('newer', { shareKey: 'happy', replaceKey: 'region' })
  const olderId = queue.add(older.work)
  queue.add(newer.work)
  expect(job(olderId).state).toBe('cancelled')
  expect(older.heard).toEqual(['cancel'])
})

test('what is cancelled before it starts never runs', async () => {
  const { queue, job } = openQueue()
  const running = heldWork('running')
  const waiting = heldWork('waiting')
  const runningId = queue.add(running.work)
  const waitingId = queue.add(waiting.work)
  queue.command(waitingId, 'cancel')
  running.end(done)
  await queue.ended(runningId)
  expect(job(waitingId).state).toBe('cancelled')
  expect(waiting.runCount()).toBe(0)
})

test('what is cancelled while it runs is cancelled at once, and its late messages change nothing', async () => {
  const { queue, job } = openQueue()
  const work = heldWork('work')
  const id = queue.add(work.work)
  queue.command(id, 'cancel')
  work.report(0.9, 'too late')
  work.end(done)
  await Promise.resolve()
  expect([job(id).state, job(id).fraction]).toEqual(['cancelled', 0])
})

test('cancelling what is done changes nothing', async () => {
  const { queue, job } = openQueue()
  const work = heldWork('work')
  const id = queue.add(work.work)
  work.end(done)
  await queue.ended(id)
  queue.command(id, 'cancel')
  expect(job(id).state).toBe('done')
})

test('a crash fails its own job as one that can be tried again, and the next one runs', async () => {
  const { queue, job } = openQueue()
  const crashing = heldWork('crashing')
  const next = heldWork('next')
  const ids = [queue.add(crashing.work), queue.add(next.work)]
  crashing.crash(new FailureError(failure('engine-stopped', 'The engine stopped.')))
  await queue.ended(ids[0])
  expect([job(ids[0]).state, job(ids[0]).isRetryable, job(ids[1]).state]).toEqual(['failed', true, 'running'])
})

test('a fault of the program is told as one, and the queue goes on', async () => {
  const { queue, job } = openQueue()
  const faulty = heldWork('faulty')
  const id = queue.add(faulty.work)
  faulty.crash(new TypeError('nothing of undefined'))
  await queue.ended(id)
  expect([job(id).failure?.code, job(id).isRetryable]).toEqual(['program-fault', false])
})

test('progress is told at most ten times a second, never falls, and the last word comes', () => {
  const { queue, clock, told } = openQueue()
  const work = heldWork('work')
  queue.add(work.work)
  clock.advance(1000)
  told.length = 0
  for (let step = 1; step <= 100; step++) {
    work.report(step === 50 ? 0.01 : step / 100, `step ${step}`)
    clock.advance(10)
  }
  clock.advance(100)
  const fractions = told.map(({ fraction }) => fraction)
  expect(told.length).toBeLessThanOrEqual(12)
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect(told.at(-1)?.phase).toBe('step 100')
})

test('the time that remains is told from five percent on, at the measured rate', () => {
  const { queue, clock, job } = openQueue()
  const work = heldWork('work')
  const id = queue.add(work.work)
  clock.advance(1000)
  work.report(0.04)
  expect(job(id).remainingSec).toBe(null)
  clock.advance(1000)
  work.report(0.1)
  expect(job(id).remainingSec).toBeCloseTo(18)
})

test('a training that pauses goes on under its name, from where it was', async () => {
  const { queue, job, saved } = openQueue()
  const training = heldWork('training', { kind: 'train', lane: 'training', request: { seed: 1 } })
  const id = queue.add(training.work)
  training.report(0.4)
  queue.command(id, 'pause')
  await queue.ended(id)
  expect([job(id).state, job(id).fraction]).toEqual(['paused', 0.4])
  expect(saved[0].request).toEqual({ seed: 1 })
  const again = heldWork('training', { kind: 'train', lane: 'training' })
  queue.resume(id, again.work)
  again.end(done)
  expect((await queue.ended(id)).state).toBe('done')
})

test('jobs of the last session are listed, and a paused training of it can be gone on with', async () => {
  const before = openQueue()
  const training = heldWork('training', { kind: 'train', lane: 'training' })
  const id = before.queue.add(training.work)
  before.queue.command(id, 'pause')
  const paused = await before.queue.ended(id)
  const { queue, job } = openQueue([paused])
  queue.resume(id, heldWork('training', { kind: 'train', lane: 'training' }).work)
  expect(job(id).state).toBe('running')
})

test('closing pauses trainings, cancels the rest, and nothing starts any more', async () => {
  const { queue, job } = openQueue()
  const training = heldWork('training', { kind: 'train', lane: 'training' })
  const conversion = heldWork('conversion')
  const waiting = heldWork('waiting')
  const ids = [training, conversion, waiting].map(({ work }) => queue.add(work))
  await queue.close(3000)
  expect(ids.map((id) => job(id).state)).toEqual(['paused', 'cancelled', 'cancelled'])
  expect(() => queue.add(heldWork('late').work)).toThrow(FailureError)
})

test('a worker that does not let go is waited for no longer than the grace', async () => {
  const { queue, clock, job } = openQueue()
  const stubborn = heldWork('stubborn', { run: () => new Promise(() => {}) })
  const id = queue.add(stubborn.work)
  const closed = queue.close(3000)
  clock.advance(3000)
  await closed
  // Still running on disk: the next start tells of it.
  expect(job(id).state).toBe('running')
})

test('a render that exists already is a job that is done at once', () => {
  const { queue, job } = openQueue()
  const id = queue.addDone(heldWork('cached').work, done)
  expect(job(id).state).toBe('done')
})
