import { enableProdMode, engine, ready, setBackend } from '@tensorflow/tfjs-core'
import type { EngineState } from '../../shared/contract/library.ts'
import { loadNativeEngine } from './backend-tensorflow.ts'
import { prepareWasm, wasmVersion } from './backend-wasm.ts'
import { complaintAbout, measureStepsPerSec, selfTestNumbers } from './self-test.ts'

export interface BackendOptions {
  /** An engine's id from `UNDERSTUDY_BACKEND`; null chooses the fastest with the right numbers. */
  readonly wanted: string | null
  readonly enginesFolder: string | null
  readonly nowMs: () => number
}

export interface Backend {
  readonly id: EngineState['id']
  readonly reason: string
  /** Every engine, with what its self-test found. */
  readonly engines: readonly EngineState[]
}

/** Steps that tell two engines apart; one alone needs no race. */
const RACE_STEPS = 4
const labels = { tensorflow: 'TensorFlow, native', webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const

/**
 * Tries the engines against known numbers, times them where there is more than one, and leaves the best one set.
 * Throws only when not even WebAssembly computes rightly.
 */
export async function selectBackend(options: BackendOptions): Promise<Backend> {
  enableProdMode()
  const { wanted } = options
  const tested: EngineState[] = []
  if (wanted === null || wanted === 'tensorflow') tested.push(await testTensorflow(options.enginesFolder))
  const others = wanted === 'cpu' ? (['cpu'] as const) : (['wasm'] as const)
  for (const id of others) tested.push(await testOther(id))
  const candidates = tested.filter(({ state }) => state === 'ready')
  if (candidates.length === 0) {
    throw new Error(`no engine computes rightly: ${tested.map(({ id, reason }) => `${id}: ${reason}`).join('; ')}`)
  }
  const timed = candidates.length === 1 ? candidates : await race(candidates, options.nowMs)
  const [best] = timed
  await activate(best.id)
  const isAsked = wanted === best.id
  const reason = isAsked ? 'asked for by UNDERSTUDY_BACKEND' : reasonFor(timed, tested, wanted)
  const engines = tested.map((state) => {
    const found = timed.find(({ id }) => id === state.id) ?? state
    return found.id === best.id ? { ...found, state: 'in-use' as const, reason } : found
  })
  return { id: best.id, reason, engines }
}

/** Steps per second of the engine that is set. */
export const measureBackend = (nowMs: () => number, stepCount: number): Promise<number> =>
  measureStepsPerSec(nowMs, stepCount)

async function testTensorflow(enginesFolder: string | null): Promise<EngineState> {
  const native = loadNativeEngine(enginesFolder)
  if (native.isLoaded) return test('tensorflow', native.version)
  return describe('tensorflow', native.isInstalled ? 'refused' : 'not-installed', native.reason, null)
}

async function testOther(id: 'wasm' | 'cpu'): Promise<EngineState> {
  if (id === 'wasm') prepareWasm()
  else await import('@tensorflow/tfjs-backend-cpu')
  return test(id, wasmVersion)
}

async function test(id: EngineState['id'], version: string): Promise<EngineState> {
  try {
    await activate(id)
    const complaint = complaintAbout(await selfTestNumbers())
    if (complaint !== null) return describe(id, 'refused', complaint, version)
    return describe(id, 'ready', 'the right numbers in the self-test', version)
  } catch (cause) {
    return describe(id, 'refused', cause instanceof Error ? cause.message.split('\n')[0] : String(cause), version)
  }
}

async function activate(id: EngineState['id']): Promise<void> {
  if (!(await setBackend(id))) throw new Error(`the ${labels[id]} engine does not start`)
  await ready()
  if (engine().backendName !== id) throw new Error(`the ${labels[id]} engine was replaced by ${engine().backendName}`)
}

/** Fastest first. */
async function race(candidates: readonly EngineState[], nowMs: () => number): Promise<EngineState[]> {
  const timed: EngineState[] = []
  for (const candidate of candidates) {
    await activate(candidate.id)
    timed.push({ ...candidate, stepsPerSec: await measureStepsPerSec(nowMs, RACE_STEPS) })
  }
  return timed.sort((a, b) => (b.stepsPerSec ?? 0) - (a.stepsPerSec ?? 0))
}

function reasonFor(timed: readonly EngineState[], tested: readonly EngineState[], wanted: string | null): string {
  if (wanted !== null && !tested.some(({ id }) => id === wanted)) {
    return `the right numbers; UNDERSTUDY_BACKEND asks for “${wanted}”, which is no engine of this program`
  }
  if (timed.length > 1) return 'fastest with the right numbers'
  const native = tested.find(({ id }) => id === 'tensorflow')
  return `the right numbers; native TensorFlow: ${native === undefined ? 'not asked for' : native.reason}`
}

const describe = (
  id: EngineState['id'],
  state: EngineState['state'],
  reason: string,
  version: string | null,
): EngineState => ({ id, label: labels[id], state, reason, stepsPerSec: null, version })
