import { engineProbes } from '../../../src/shared/networks/engine-probes/index.ts'
import { runProbe, type ProbeState } from '../../../src/shared/networks/engine-probes/probe-run.ts'

/** What every probe is to learn, and from where on; plain data, so that it crosses into processes and pages. */
export interface ProbeOrder {
  readonly seed: number
  readonly stepCount: number
  /** By a probe's id: goes on from there. */
  readonly from: Readonly<Record<string, StoredProbe>>
  /** Only these; all where it is missing. */
  readonly ids?: readonly string[]
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

/** Trains every probe on the engine that is set. */
export async function trainProbes(order: ProbeOrder, device: string | null = null): Promise<ProbeAnswer> {
  const losses: Record<string, readonly number[]> = {}
  const states: Record<string, StoredProbe> = {}
  for (const probe of engineProbes) {
    if (order.ids !== undefined && !order.ids.includes(probe.id)) continue
    const from = order.from[probe.id]
    const run = await runProbe(probe, order.seed, order.stepCount, from === undefined ? null : restored(from))
    losses[probe.id] = run.losses
    states[probe.id] = stored(run.state)
  }
  return { device, losses, states }
}

/** The largest relative difference of two runs' losses, and the probe that has it. */
export function worstDifference(
  found: ProbeAnswer['losses'],
  expected: ProbeAnswer['losses'],
): { readonly id: string; readonly relative: number } {
  let worst = { id: 'none', relative: 0 }
  for (const [id, losses] of Object.entries(expected)) {
    losses.forEach((loss, step) => {
      const difference = Math.abs((found[id]?.[step] ?? NaN) - loss) / Math.abs(loss)
      if (!(difference <= worst.relative)) worst = { id, relative: difference }
    })
  }
  return worst
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
