import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { ComputeEngine, EngineProbe } from '../../../../../src/main/compute/engines/compute-engine.ts'
import { createEngineRoster, type EngineRoster } from '../../../../../src/main/compute/engines/engine-roster.ts'
import { fingerprintOf } from '../../../../../src/main/compute/engines/engine-verdicts.ts'
import { createWorkerFork } from '../../../../../src/main/compute/workers/fork-worker.ts'
import { createComputePool } from '../../../../../src/main/compute/workers/pool.ts'
import type { StartWorker } from '../../../../../src/main/compute/workers/worker-process.ts'
import type { EngineId } from '../../../../../src/shared/contract/engines.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

/** Engines by their behavior: `quick`, `slow`, `crashes`, `hangs`, `wrong`; `wasm` is the one that is always there. */
const workerPath = fileURLToPath(new URL('../../../../support/scripted-engine.mjs', import.meta.url))

function scriptedEngine(name: string, probe: Partial<EngineProbe> = {}): ComputeEngine {
  return {
    id: name as EngineId, // behaviors of the scripted worker
    label: name,
    body: 'process',
    backendName: name,
    isHidden: false,
    probe: () => ({ isPresent: true, reason: 'installed', version: '1', driver: null, ...probe }),
    load: () => Promise.reject(new Error('a scripted engine is never loaded here')),
  }
}

interface Scripted {
  readonly roster: EngineRoster
  /** Names of the engines whose self-test was started, in order. */
  readonly tried: readonly string[]
  readonly troubles: readonly string[]
}

function open(
  names: readonly (string | ComputeEngine)[],
  { folder = temporaryFolder(), wanted = null as string | null } = {},
): Scripted {
  const tried: string[] = []
  const troubles: string[] = []
  const fork: StartWorker = (path, role, engine) => {
    if (role === 'self-test' && engine !== undefined) tried.push(engine.id)
    return createWorkerFork({ modelsFolder: '', enginesFolder: folder })(path, role, engine)
  }
  const roster = createEngineRoster({
    engines: names.map((name) => (typeof name === 'string' ? scriptedEngine(name) : name)),
    setting: { enginesFolder: folder, hasWindows: false },
    wanted,
    workerPath,
    fork,
    silenceBoundMs: 1500,
    nowMs: () => 0,
    onChange: () => {},
    onTrouble: (message) => troubles.push(message),
  })
  return { roster, tried, troubles }
}

const stateOf = (roster: EngineRoster, name: string) => {
  const found = roster.describe(null).find(({ label }) => label === name)
  if (!found) throw new Error(`no engine ${name}`)
  return found
}

test('an engine that crashes, one that hangs and one with wrong numbers are set aside, each with its reason; the rest go on', async () => {
  const { roster, troubles } = open(['crashes', 'hangs', 'wrong', 'wasm'])
  expect(await roster.choose('training')).toMatchObject({ id: 'wasm' })
  expect(stateOf(roster, 'crashes')).toMatchObject({
    state: 'refused',
    reason: 'crashed in the self-test while starting: [native] Error: the driver is broken',
    stepsPerSec: null,
  })
  expect(stateOf(roster, 'hangs').reason).toContain('hung in the self-test: no sign of life for 2 s while starting')
  expect(stateOf(roster, 'wrong').reason).toContain('wrong numbers in the self-test: loss is 3')
  expect(stateOf(roster, 'wasm')).toMatchObject({ state: 'in-use', use: ['training', 'conversion'], stepsPerSec: 5 })
  expect(troubles).toHaveLength(3)
})

test('a training gets the engine with most steps, a preview a clearly quicker one, and the others stay ready', async () => {
  const { roster } = open(['quick', 'slow', 'wasm'])
  expect(await roster.choose('training')).toEqual({
    id: 'quick',
    reason: 'fastest with the right numbers',
    isProven: true,
  })
  expect(await roster.choose('interactive')).toMatchObject({ id: 'quick' })
  expect(stateOf(roster, 'slow')).toMatchObject({ state: 'ready', use: [] })
  const { normal, quick } = stateOf(roster, 'quick').trainingSec ?? { normal: 0, quick: 0 }
  expect(normal).toBeGreaterThan(quick)
  expect(stateOf(roster, 'slow').trainingSec?.normal).toBeGreaterThan(normal)
})

test('a preview waits for no self-test', async () => {
  const { roster, tried } = open(['hangs', 'wasm'])
  expect(await roster.choose('interactive')).toMatchObject({ id: 'wasm' })
  expect(tried).toEqual([])
})

test('with nothing but WebAssembly nothing is tried before the work begins', async () => {
  const { roster, tried } = open([scriptedEngine('tensorflow', { isPresent: false, reason: 'not installed' }), 'wasm'])
  expect(await roster.choose('training')).toEqual({
    id: 'wasm',
    reason: 'always there; tensorflow: not installed',
    isProven: false,
  })
  expect(tried).toEqual([])
  expect(stateOf(roster, 'tensorflow').state).toBe('not-installed')
})

test('a verdict is kept from start to start, until the engine, its driver or Node changes', async () => {
  const folder = temporaryFolder()
  const first = open(['wrong', 'wasm'], { folder })
  await first.roster.choose('training')
  expect(first.tried).toEqual(['wrong', 'wasm'])
  const second = open(['wrong', 'wasm'], { folder })
  expect(await second.roster.choose('training')).toMatchObject({ id: 'wasm' })
  expect(second.tried).toEqual([])
  expect(stateOf(second.roster, 'wrong').state).toBe('refused')
  const newDriver = open([scriptedEngine('wrong', { driver: '551.2' }), 'wasm'], { folder })
  expect(stateOf(newDriver.roster, 'wrong').state).toBe('untested')
  await newDriver.roster.choose('training')
  expect(newDriver.tried).toEqual(['wrong'])
  const probe = { isPresent: true, reason: '', version: '1', driver: null }
  expect(fingerprintOf('wasm', probe, 'v24.0.0')).not.toBe(fingerprintOf('wasm', probe, 'v24.1.0'))
})

test('a file of verdicts that is damaged is as good as none, and is written anew', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'self-tests.json')
  writeFileSync(path, '[{"id":"wasm","fingerprint":7')
  const { roster, tried } = open(['slow', 'wasm'], { folder })
  await roster.choose('training')
  expect(tried).toEqual(['slow', 'wasm'])
  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(2)
})

test('what the person asks for by name is taken untried; what is not there is told', async () => {
  expect(await open(['wrong', 'wasm'], { wanted: 'wrong' }).roster.choose('training')).toEqual({
    id: 'wrong',
    reason: 'asked for by UNDERSTUDY_BACKEND',
    isProven: false,
  })
  const unknown = await open(['wasm'], { wanted: 'abacus' }).roster.choose('training')
  expect(unknown).toMatchObject({ id: 'wasm', reason: 'asked for was “abacus”, which is no engine of this program' })
})

test('an engine that stops twice while it works is set aside, and the task goes on with the next one', async () => {
  const { roster } = open(['quick', 'wasm'])
  await roster.choose('training')
  const pool = createComputePool({
    workerPath,
    roles: ['training'],
    fork: createWorkerFork({ modelsFolder: '', enginesFolder: null }),
    restartDelayMs: 1,
    chooseEngine: roster.choose,
    isOutdated: roster.isOutdated,
    onLoss: (_role, engine, lost, count) => engine !== null && roster.blame(engine.id, lost, count),
  })
  onTestFinished(() => pool.stop())
  const task = { kind: 'analyze', request: { path: 'anything' } } as const
  expect(await pool.run('training', task).done).toMatchObject({ kind: 'failed', failure: { code: 'engine-stopped' } })
  expect(stateOf(roster, 'quick').state).toBe('refused')
  expect(stateOf(roster, 'quick').reason).toContain('stopped 2 times while it worked')
  expect(await pool.run('training', task).done).toMatchObject({ failure: { message: 'answered by wasm' } })
})

test('the engine that is left is never set aside', async () => {
  const { roster } = open(['wasm'])
  for (let count = 1; count <= 3; count++)
    roster.blame('wasm', { code: 'engine-stopped', message: 'it stopped' }, count)
  expect(await roster.choose('training')).toMatchObject({ id: 'wasm' })
})

test('an engine check that is cancelled ends its trial and keeps what was found before', async () => {
  const { roster, tried } = open(['slow', 'hangs', 'wasm'])
  const cancelling = new AbortController()
  const onPhase = (_fraction: number, phase: string) => phase.startsWith('hangs') && cancelling.abort()
  await roster.test({ isForced: true, signal: cancelling.signal, onPhase })
  expect(tried.slice(0, 1)).toEqual(['slow'])
  expect(tried).not.toContain('wasm')
  expect(stateOf(roster, 'slow').stepsPerSec).toBe(2)
  expect(stateOf(roster, 'hangs').state).toBe('untested')
})
