import { enableProdMode, engine as tensorEngine, ready, setBackend } from '@tensorflow/tfjs-core'
import type { EngineId } from '../../../shared/contract/engines.ts'
import type { ComputeEngine, EngineSetting, LoadedEngine } from './compute-engine.ts'

/** The engine that this process computes with. */
export interface Backend extends LoadedEngine {
  readonly id: EngineId
  readonly label: string
}

/** Loads an engine and sets it. Throws an Error in plain words; native code may also end the process. */
export async function openEngine(engine: ComputeEngine, setting: EngineSetting): Promise<Backend> {
  enableProdMode()
  const loaded = await engine.load(setting)
  // Its tensors are all in a page: nothing is to be set here.
  if (engine.body === 'window') return { ...loaded, id: engine.id, label: engine.label }
  const isSet = await setBackend(engine.backendName).catch((cause: unknown) => {
    throw new Error(
      `the ${engine.label} engine does not start: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  })
  if (!isSet) throw new Error(`the ${engine.label} engine does not start`)
  await ready()
  const found = tensorEngine().backendName
  if (found !== engine.backendName) throw new Error(`the ${engine.label} engine was replaced by ${found}`)
  return { ...loaded, id: engine.id, label: engine.label }
}
