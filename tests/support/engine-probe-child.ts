import { openEngine } from '../../src/main/compute/backend.ts'
import { findEngine } from '../../src/main/compute/engines.ts'
import { engineProbes } from '../../src/shared/networks/engine-probes/index.ts'
import { runProbe, type ProbeState } from '../../src/shared/networks/engine-probes/probe-run.ts'

/**
 * Trains every probe on one engine in a process of its own, since an engine's libraries are found at a process's
 * start, and may end it. Started with a line of JSON; answers with one.
 */
export interface ProbeOrder {
  readonly engine: string
  readonly enginesFolder: string | null
  readonly seed: number
  readonly stepCount: number
  /** By a probe's id: goes on from there. */
  readonly from: Readonly<Record<string, StoredProbe>>
}

export interface StoredProbe {
  readonly step: number
  readonly weights: readonly number[]
  readonly firstMoment: readonly number[]
  readonly secondMoment: readonly number[]
}

export interface ProbeAnswer {
  readonly device: string | null
  readonly losses: Readonly<Record<string, readonly number[]>>
  readonly states: Readonly<Record<string, StoredProbe>>
}

export const stored = ({ step, optimizer }: ProbeState): StoredProbe => ({
  step,
  weights: [...optimizer.weights],
  firstMoment: [...optimizer.firstMoment],
  secondMoment: [...optimizer.secondMoment],
})

export const restored = ({ step, weights, firstMoment, secondMoment }: StoredProbe): ProbeState => ({
  step,
  optimizer: {
    weights: Float32Array.from(weights),
    firstMoment: Float32Array.from(firstMoment),
    secondMoment: Float32Array.from(secondMoment),
  },
})

/** On the engine that is set. */
export async function trainProbes(order: Pick<ProbeOrder, 'seed' | 'stepCount' | 'from'>): Promise<ProbeAnswer> {
  const losses: Record<string, readonly number[]> = {}
  const states: Record<string, StoredProbe> = {}
  for (const probe of engineProbes) {
    const from = order.from[probe.id]
    const run = await runProbe(probe, order.seed, order.stepCount, from === undefined ? null : restored(from))
    losses[probe.id] = run.losses
    states[probe.id] = stored(run.state)
  }
  return { device: null, losses, states }
}

if (process.argv[1] === import.meta.filename) {
  const order = JSON.parse(process.argv[2]) as ProbeOrder // the test's own
  const engine = findEngine(order.engine)
  if (engine === undefined) throw new Error(`no engine “${order.engine}”`)
  const { device } = await openEngine(engine, { enginesFolder: order.enginesFolder, hasWindows: false })
  process.stdout.write(`${JSON.stringify({ ...(await trainProbes(order)), device })}\n`, () => process.exit(0))
}
