import { afterEach, expect, test } from 'vitest'
import { failure, type Failure } from '../../../../src/shared/base/errors.ts'
import type { FarmState } from '../../../../src/shared/contract/farm-state.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { language } from '../../../../src/renderer/messages/language.svelte.ts'
import { Farm, LOOK_MS, NEWS_MS } from '../../../../src/renderer/state/Farm.svelte.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { farmState, farmWorker } from '../../../support/farm-states.ts'
import { settled } from '../../../support/test-editor.ts'

afterEach(() => (language.current = 'en'))

/** An application that answers when a test says so. */
function asking() {
  const questions: { answer(state: FarmState | null): Promise<void>; fail(): Promise<void> }[] = []
  const said: string[] = []
  const clock = createFakeClock()
  const call = (() =>
    new Promise((resolve, reject) =>
      questions.push({
        answer: (state) => (resolve(state), settled()),
        fail: () => (reject(new Error('gone')), settled()),
      }),
    )) as Call // a test's own application: it answers what the contract says
  const farm = new Farm(call, clock, (news) => said.push(news))
  return { farm, questions, said, clock }
}
const queueLost: Failure = failure('queue-unreachable', 'The queue can’t be reached.', 'Start it.')

test('it is asked two seconds after each answer, and no sooner, for as long as somebody looks', async () => {
  const { farm, questions, clock } = asking()
  const leave = farm.watch()
  expect(questions).toHaveLength(1)
  clock.advance(LOOK_MS)
  expect(questions).toHaveLength(1)
  await questions[0].answer(farmState())
  clock.advance(LOOK_MS - 1)
  expect(questions).toHaveLength(1)
  clock.advance(1)
  expect(questions).toHaveLength(2)
  leave()
  await questions[1].answer(farmState())
  clock.advance(10 * LOOK_MS)
  expect(questions).toHaveLength(2)
})

test('who stops looking between two questions leaves none behind, and who looks again asks at once', async () => {
  const { farm, questions, clock } = asking()
  const leave = farm.watch()
  await questions[0].answer(farmState())
  leave()
  leave()
  clock.advance(10 * LOOK_MS)
  expect(questions).toHaveLength(1)
  farm.watch()
  expect(questions).toHaveLength(2)
})

test('two who look ask once, until the last is gone', async () => {
  const { farm, questions, clock } = asking()
  const [first, second] = [farm.watch(), farm.watch()]
  expect(questions).toHaveLength(1)
  await questions[0].answer(farmState())
  first()
  clock.advance(LOOK_MS)
  expect(questions).toHaveLength(2)
  await questions[1].answer(farmState())
  second()
  clock.advance(LOOK_MS)
  expect(questions).toHaveLength(2)
})

test('an answer that comes late never takes the place of a newer one', async () => {
  const { farm, questions, clock } = asking()
  farm.watch()
  void farm.ask()
  await questions[1].answer(farmState({ workers: [farmWorker('new')] }))
  await questions[0].answer(farmState({ workers: [farmWorker('old')] }))
  expect(farm.state?.workers[0].machine).toBe('new')
  clock.advance(LOOK_MS)
  expect(questions).toHaveLength(3)
})

test('while the newest question waits for its answer, an older answer makes nobody ask again', async () => {
  const { farm, questions, clock } = asking()
  farm.watch()
  void farm.ask()
  await questions[0].answer(farmState({ workers: [farmWorker('old')] }))
  expect(farm.state?.workers[0].machine).toBe('old')
  clock.advance(LOOK_MS)
  expect(questions).toHaveLength(2)
})

test('where no queue is named nothing is known, and nobody asks again', async () => {
  const { farm, questions, clock } = asking()
  expect(farm.isAlone).toBe(false)
  farm.watch()
  await questions[0].answer(null)
  expect([farm.state, farm.isAlone]).toEqual([null, true])
  clock.advance(10 * LOOK_MS)
  expect(questions).toHaveLength(1)
})

test('a question that got no answer changes nothing, and is asked again', async () => {
  const { farm, questions, clock } = asking()
  farm.watch()
  await questions[0].answer(farmState({ workers: [farmWorker('anna')] }))
  clock.advance(LOOK_MS)
  await questions[1].fail()
  expect(farm.state?.workers).toHaveLength(1)
  clock.advance(LOOK_MS)
  expect(questions).toHaveLength(3)
})

test('trouble and failures are told in the language of the window, with what was told in the details', async () => {
  const { farm, questions } = asking()
  farm.watch()
  const failures = [{ machine: 'anna', failure: failure('disk-full', 'No room on anna.'), failedAtMs: 1 }]
  await questions[0].answer(farmState({ trouble: queueLost, failures }))
  expect(farm.state?.trouble).toEqual(queueLost)
  language.current = 'ko'
  expect(farm.state?.trouble?.message).toBe('작업 대기열에 연결할 수 없습니다.')
  expect(farm.state?.failures[0].failure.details).toContain('No room on anna.')
})

test('what happens is said politely: comings, goings and failures, and never how far a machine is', async () => {
  const { farm, questions, said, clock } = asking()
  farm.watch()
  let round = 0
  async function next(state: FarmState): Promise<readonly string[]> {
    await questions[round++].answer(state)
    clock.advance(NEWS_MS)
    return said.splice(0)
  }
  const failures = [{ machine: 'anna', failure: queueLost, failedAtMs: 1 }]
  expect(await next(farmState({ workers: [farmWorker('anna')], failures }))).toEqual([])
  expect(await next(farmState({ workers: [farmWorker('anna', { fraction: 0.5 })], failures }))).toEqual([])
  expect(await next(farmState({ workers: [farmWorker('anna'), farmWorker('bert')], failures }))).toEqual([
    'bert works here now.',
  ])
  const more = [{ machine: 'bert', failure: queueLost, failedAtMs: 0 }, ...failures]
  expect(await next(farmState({ workers: [farmWorker('carl')], failures: more }))).toEqual([
    'carl works here now. 2 machines are gone. A task failed on another machine.',
  ])
  expect(await next(farmState({ trouble: queueLost }))).toEqual([queueLost.message])
  expect(await next(farmState({ trouble: queueLost }))).toEqual([])
  expect(await next(farmState({ workers: [farmWorker('carl')] }))).toEqual(['The other machines can be asked again.'])
})

test('news that come thick and fast are said together', async () => {
  const { farm, questions, said, clock } = asking()
  farm.watch()
  const machines = ['anna', 'bert', 'carl', 'dora', 'emil', 'fred', 'gina']
  for (const [index] of machines.entries()) {
    await questions[index].answer(farmState({ workers: machines.slice(0, index + 1).map((name) => farmWorker(name)) }))
    clock.advance(LOOK_MS)
  }
  expect(said).toEqual(['bert works here now.', '5 machines joined.'])
})

test('what was missed while nobody looked is not told afterwards', async () => {
  const { farm, questions, said } = asking()
  farm.watch()()
  await questions[0].answer(farmState({ workers: [farmWorker('anna')] }))
  farm.watch()
  await questions[1].answer(farmState())
  expect(said).toEqual([])
})
