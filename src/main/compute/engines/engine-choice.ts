import type { ComputeRole, EngineChoice } from '../workers/worker-process.ts'
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
  /** The person named it. */
  readonly isAsked: boolean
}

/** The engine for a role, by what is known now: a training wants steps, a preview wants an answer soon. */
export function bestFor(role: ComputeRole, known: readonly KnownEngine[], wanted: string | null): BestEngine {
  const asked = wanted === null ? undefined : named(wanted, known)
  if (asked?.probe.isPresent === true) {
    return { choice: choiceOf(asked, 'asked for by UNDERSTUDY_BACKEND'), isAsked: true }
  }
  const right = known.filter(({ engine, verdict }) => !engine.isHidden && (verdict?.test ?? null) !== null)
  const fallback = right.find(({ engine }) => engine.id === lastResort)
  const best = role === 'training' ? fastest(right) : quickest(right, fallback)
  if (wanted !== null) {
    const why = asked === undefined ? 'which is no engine of this program' : `which is ${asked.probe.reason}`
    return { choice: choiceOf(best, `asked for was “${wanted}”, ${why}`), isAsked: false }
  }
  if (best === undefined) return { choice: choiceOf(best, reasonAlone(known)), isAsked: false }
  const reason = right.length > 1 ? reasons[role](best, fallback) : reasonAlone(known)
  return { choice: choiceOf(best, reason), isAsked: false }
}

const choiceOf = (best: KnownEngine | undefined, reason: string): EngineChoice => ({
  id: best?.engine.id ?? lastResort,
  reason,
  isProven: (best?.verdict?.test ?? null) !== null,
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
  training: () => 'fastest with the right numbers',
  interactive: (best: KnownEngine, fallback: KnownEngine | undefined) =>
    best === fallback ? 'quick enough for previews, and small' : 'quickest with the right numbers',
} as const

/** Why there is no choice, in the words of the engine that a person would look for first. */
function reasonAlone(known: readonly KnownEngine[]): string {
  const [first] = known.filter(({ engine }) => !engine.isHidden && engine.id !== lastResort)
  if (first === undefined) return 'always there'
  const why = first.verdict?.refusal ?? (first.probe.isPresent ? 'not tried yet' : first.probe.reason)
  return `always there; ${first.engine.label}: ${why}`
}
