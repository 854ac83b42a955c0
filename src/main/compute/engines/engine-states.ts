import type { EngineState, EngineUse } from '../../../shared/contract/engines.ts'
import { tell } from '../../../shared/contract/told.ts'
import { because } from './compute-engine.ts'
import type { BestEngine, KnownEngine } from './engine-choice.ts'
import { expectedTraining } from './expected-training.ts'

/** Every engine as the interface shows it. One that only serves comparisons is shown when it was asked for. */
export function describeEngines(
  known: readonly KnownEngine[],
  best: Readonly<Record<EngineUse, BestEngine>>,
  analysisFactor: number | null,
): readonly EngineState[] {
  return known.flatMap((one) => {
    const use = (['training', 'conversion'] as const).filter((what) => best[what].choice.id === one.engine.id)
    if (one.engine.isHidden && use.length === 0) return []
    const test = one.verdict?.test ?? null
    return [
      {
        id: one.engine.id,
        label: one.engine.label,
        body: one.engine.body,
        ...stateOf(one, use, best),
        device: test?.device ?? null,
        memoryBytes: test?.memoryBytes ?? null,
        residentBytes: test?.residentBytes ?? null,
        version: test?.version ?? one.probe.version,
        gflopPerSec: test?.gflopPerSec ?? null,
        stepsPerSec: test?.stepsPerSec ?? null,
        inferenceMs: test?.inferenceMs ?? null,
        use,
        trainingSec: test === null ? null : expectedTraining(test.stepsPerSec, analysisFactor),
      },
    ]
  })
}

function stateOf(
  { probe, verdict }: KnownEngine,
  use: readonly EngineUse[],
  best: Readonly<Record<EngineUse, BestEngine>>,
): Pick<EngineState, 'state' | 'reason' | 'told'> {
  if (!probe.isPresent) return { state: 'not-installed', reason: probe.reason, ...(probe.told && { told: probe.told }) }
  if (use.length > 0) return { state: 'in-use', ...because(best[use[0]].told) }
  if (verdict === null) return { state: 'untested', ...because(tell('not-tried')) }
  if (verdict.refusal !== null) return { state: 'refused', ...because(tell('self-test-failed', verdict.refusal)) }
  return { state: 'ready', ...because(tell('right-but-slower')) }
}
