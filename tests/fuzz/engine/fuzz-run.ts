import { createInputSource } from './input-source.ts'
import { startCoverage, type Coverage } from './coverage.ts'
import type { OpenTarget } from './target.ts'

/** How one input went. */
export interface Trial {
  readonly index: number
  readonly input: Uint8Array
  /** Processor time of this thread. */
  readonly takenMs: number
  /** What it threw. */
  readonly thrown: unknown
  readonly hasThrown: boolean
}

export interface FuzzRunOptions {
  readonly seed: number
  readonly count: number
  /** Whether inputs that reach new code are kept and changed further. */
  readonly isGuided: boolean
  readonly before?: (input: Uint8Array, index: number) => void
  readonly after: (trial: Trial) => void
  readonly isOver?: () => boolean
}

export interface FuzzRunEnd {
  readonly inputCount: number
  readonly keptCount: number
  /** Null where nobody looked. */
  readonly blockCount: number | null
}

/** Inputs between two looks at the coverage: cheap readers run many in the millisecond that a look takes. */
const INPUTS_PER_LOOK = 32

/** Tries a target with as many inputs, in this thread. */
export async function runFuzz(
  target: OpenTarget,
  options: FuzzRunOptions,
  coverage: Coverage | null = options.isGuided ? startCoverage() : null,
): Promise<FuzzRunEnd> {
  const source = createInputSource(target, options.seed)
  for (const input of target.seeds) await tryInput(target, input)
  coverage?.look()
  let batch: Uint8Array[] = []
  let index = 0
  for (; index < options.count && options.isOver?.() !== true; index++) {
    const input = source.next()
    options.before?.(input, index)
    options.after({ index, input, ...(await tryInput(target, input)) })
    batch.push(input)
    if (coverage === null || batch.length < INPUTS_PER_LOOK) continue
    if (!options.isGuided) coverage.look()
    else if (coverage.peek()) await keepThoseThatReached(target, batch, coverage, source.keep)
    batch = []
  }
  coverage?.look()
  const blockCount = coverage?.blockCount() ?? null
  coverage?.stop()
  return { inputCount: index, keptCount: source.keptCount, blockCount }
}

/** Once more one by one, to know which it was. */
async function keepThoseThatReached(
  target: OpenTarget,
  batch: readonly Uint8Array[],
  coverage: Coverage,
  keep: (input: Uint8Array) => void,
): Promise<void> {
  for (const input of batch) {
    await tryInput(target, input)
    if (coverage.look()) keep(input)
  }
}

export async function tryInput(
  target: OpenTarget,
  input: Uint8Array,
): Promise<Pick<Trial, 'takenMs' | 'thrown' | 'hasThrown'>> {
  const before = process.threadCpuUsage()
  let [thrown, hasThrown]: [unknown, boolean] = [null, false]
  try {
    const going = target.take(input)
    if (going !== undefined) await going
  } catch (cause) {
    ;[thrown, hasThrown] = [cause, true]
  }
  const { user, system } = process.threadCpuUsage(before)
  return { takenMs: (user + system) / 1000, thrown, hasThrown }
}
