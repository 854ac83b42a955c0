import type { ComputeRole, EngineChoice } from '../workers/worker-process.ts'
import { inEnglish, tell, type Told, type ToldValue } from '../../../shared/contract/told.ts'
import type { ComputeEngine, EngineProbe } from './compute-engine.ts'
import type { EngineVerdict } from './engine-verdicts.ts'
import { lastResort } from './engines.ts'

/**
 * Another engine takes hundreds of megabytes and a second to start. For previews, whose blocks are short, it is worth
 * that only where it is clearly faster than the engine that is always there.
 */
const WORTHWHILE_GAIN = 3

/** One engine with what is known of it by now. */
export interface KnownEngine {
  readonly engine: ComputeEngine
  readonly probe: EngineProbe
  readonly verdict: EngineVerdict | null
}

export interface BestEngine {
  readonly choice: EngineChoice
  /** The reason of the choice by its code. */
  readonly told: Told
  /** The person named it. */
  readonly isAsked: boolean
}

/** The engine for a role, by what is known now: a training wants steps, a preview wants an answer soon. */
export function bestFor(role: ComputeRole, known: readonly KnownEngine[], wanted: string | null): BestEngine {
  const asked = wanted === null ? undefined : named(wanted, known)
  if (asked?.probe.isPresent === true) return chosen(asked, tell('asked-for'), true)
  const right = known.filter(({ engine, verdict }) => !engine.isHidden && (verdict?.test ?? null) !== null)
  const fallback = right.find(({ engine }) => engine.id === lastResort)
  const best = role === 'training' ? fastest(right) : quickest(right, fallback)
  if (wanted !== null) {
    const why = asked === undefined ? tell('asked-unknown', wanted) : tell('asked-absent', wanted, probed(asked.probe))
    return chosen(best, why)
  }
  return chosen(best, best !== undefined && right.length > 1 ? reasons[role](best, fallback) : reasonAlone(known))
}

const probed = ({ reason, told }: EngineProbe): ToldValue => told ?? reason

const chosen = (best: KnownEngine | undefined, why: Told, isAsked = false): BestEngine => ({
  choice: {
    id: best?.engine.id ?? lastResort,
    reason: inEnglish(why),
    isProven: (best?.verdict?.test ?? null) !== null,
  },
  told: why,
  isAsked,
})

const named = (name: string, known: readonly KnownEngine[]): KnownEngine | undefined =>
  known.find(({ engine }) => engine.id === name) ??
  known.find(({ engine, probe }) => engine.backendName === name && probe.isPresent) ??
  known.find(({ engine }) => engine.backendName === name)

const stepsOf = ({ verdict }: KnownEngine): number => verdict?.test?.stepsPerSec ?? 0
const passOf = ({ verdict }: KnownEngine): number => verdict?.test?.inferenceMs ?? Infinity

const fastest = (right: readonly KnownEngine[]): KnownEngine | undefined =>
  [...right].sort((a, b) => stepsOf(b) - stepsOf(a))[0]

function quickest(right: readonly KnownEngine[], fallback: KnownEngine | undefined): KnownEngine | undefined {
  const [best] = [...right].sort((a, b) => passOf(a) - passOf(b))
  if (fallback === undefined || best === undefined) return best
  return passOf(best) * WORTHWHILE_GAIN <= passOf(fallback) ? best : fallback
}

const reasons = {
  training: () => tell('fastest'),
  interactive: (best: KnownEngine, fallback: KnownEngine | undefined) =>
    best === fallback ? tell('quick-and-small') : tell('quickest'),
} as const

/** Why there is no choice, in the words of the engine that a person would look for first. */
function reasonAlone(known: readonly KnownEngine[]): Told {
  const [first] = known.filter(({ engine }) => !engine.isHidden && engine.id !== lastResort)
  if (first === undefined) return tell('always-there')
  const refusal = first.verdict?.refusal ?? null
  const why =
    refusal !== null
      ? tell('self-test-failed', refusal)
      : first.probe.isPresent
        ? tell('not-tried')
        : probed(first.probe)
  return tell('nothing-else', first.engine.label, first.engine.id, why)
}
