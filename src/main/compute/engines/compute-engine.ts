import type { EngineBody, EngineId } from '../../../shared/contract/engines.ts'
import { inEnglish, type Told } from '../../../shared/contract/told.ts'
import type { Leak } from '../../../shared/networks/remote/messages.ts'
import type { TensorWork } from '../../../shared/networks/spectral-autoencoder/tensor-work.ts'

/** What an engine may look at to say whether it is there. */
export interface EngineSetting {
  /** `<UNDERSTUDY_HOME>/engines`, where engines are installed for this person; null where none can be. */
  readonly enginesFolder: string | null
  /** The host can open hidden windows; a process can't know. */
  readonly hasWindows: boolean
}

/** What is known of an engine without running any of it. */
export interface EngineProbe {
  readonly isPresent: boolean
  /** Where it is not, in words: "not installed". */
  readonly reason: string
  /** The same by its code, where the program itself says it. */
  readonly told?: Told
  readonly version: string | null
  /** What its numbers hang on beside its version, such as the driver: a change has it tested again. */
  readonly driver: string | null
}

/** A reason by its code, and in words. */
export const because = (told: Told): Pick<EngineProbe, 'reason' | 'told'> => ({ reason: inEnglish(told), told })

/** What an engine tells of itself once it runs. */
export interface LoadedEngine {
  readonly version: string
  readonly device: string | null
  readonly memoryBytes: number | null
  /** A training's tensors where they are not in this thread: in a page, or in threads that share a batch. */
  readonly work?: TensorWork
  /** What the tasks left behind there until now. */
  readonly leak?: () => Leak
}

/**
 * One compute engine. To add one: a file that exports it, and a line in `engines.ts`. Everything else, the self-test,
 * the choice, the window's engine check and the benchmark, reads the list. The main process reads it too, so that the
 * tensor library is imported in `load` and nowhere above.
 */
export interface ComputeEngine {
  readonly id: EngineId
  readonly label: string
  readonly body: EngineBody
  /** Its name in the tensor library. */
  readonly backendName: string
  /** Only when asked for by name: a last resort, or for tests. */
  readonly isHidden: boolean
  /** Reads files at most and takes a millisecond; never loads native code, which may crash. */
  probe(setting: EngineSetting): EngineProbe
  /** Makes the backend known to the tensor library. Runs in the engine's own process, which may die of it. */
  load(setting: EngineSetting): Promise<LoadedEngine>
}
