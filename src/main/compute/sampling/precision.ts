import { createRows, PANEL_ROWS, paddedTo, type SamplerDecoder } from '../../../shared/sampling/decoder.ts'
import { quantizeDecoder } from '../../../shared/sampling/integer/quantize.ts'
import { createBatch, instantiateSampler } from '../../../shared/sampling/memory/batch.ts'
import type { SamplerPrecision } from '../../../shared/sampling/memory/network.ts'
import { placeSampler } from '../../../shared/sampling/place-sampler.ts'
import { moduleOf, type SamplerModules } from './sampler-modules.ts'

/**
 * Faithful: what cannot be told from f32. Fast: also 8 bits, which add a little noise to what is drawn from; only some
 * processors are faster with them.
 */
export type SamplerQuality = 'faithful' | 'fast'

const candidates: Readonly<Record<SamplerQuality, readonly SamplerPrecision[]>> = {
  faithful: ['w16a14', 'f32'],
  fast: ['w8a7', 'w16a14', 'f32'],
}

/** For all precisions together. */
const BUDGET_MS = 50
/** The shortest of so many is hardly disturbed by what else runs. */
const LEAST_RUNS = 8
/** A layer takes as long as any other. */
const MEASURED_LAYERS = 2
const SAMPLES = 16
const GROUPS = 1

/**
 * What a sample of a segment takes each precision that there is, in µs of one processor: the shortest of many short
 * runs by the clock, since processor time is counted too coarsely.
 */
export function measurePrecisions(
  modules: SamplerModules,
  { residual, skip, layers }: { readonly residual: number; readonly skip: number; readonly layers: number },
  quality: SamplerQuality,
  nowMs: () => number,
): ReadonlyMap<SamplerPrecision, number> {
  const decoder = blankDecoder(paddedTo(PANEL_ROWS, residual), paddedTo(PANEL_ROWS, skip))
  const peaks = {
    layers: decoder.layers.map(() => new Float32Array(decoder.residual)),
    skips: new Float32Array(decoder.skip),
    hidden: new Float32Array(decoder.skip),
  }
  const measured = candidates[quality].flatMap((precision) => {
    const module = moduleOf(modules, precision)
    if (module === undefined) return []
    const integers = precision === 'f32' ? null : quantizeDecoder(decoder, peaks, precision)
    const options = { groups: GROUPS, mostSamples: SAMPLES }
    const { memory, network, batches } = placeSampler(decoder, integers, [options])
    const batch = createBatch(instantiateSampler(module, memory), memory.buffer, network, batches[0])
    return [{ precision, batch }]
  })
  return new Map(
    measured.map(({ precision, batch }) => {
      const endMs = nowMs() + BUDGET_MS / measured.length
      let leastMs = Infinity
      for (let [run, startMs] = [0, nowMs()]; run < LEAST_RUNS || startMs < endMs; run++) {
        batch.run(SAMPLES)
        const doneMs = nowMs()
        leastMs = Math.min(leastMs, doneMs - startMs)
        startMs = doneMs
      }
      const perSegment = (1000 * leastMs) / (SAMPLES * batch.segmentCount)
      return [precision, (perSegment * layers) / MEASURED_LAYERS] as const
    }),
  )
}

/** The fastest of them; of equals the finer. */
export function fastestPrecision(costs: ReadonlyMap<SamplerPrecision, number>): SamplerPrecision {
  const order: readonly SamplerPrecision[] = ['f32', 'w16a14', 'w8a7']
  const known = order.flatMap((precision) => {
    const cost = costs.get(precision)
    return cost === undefined ? [] : [{ precision, cost }]
  })
  return known.reduce((best, one) => (one.cost < 0.95 * best.cost ? one : best), known[0] ?? NONE).precision
}

const NONE = { precision: 'f32' as const, cost: Infinity }

/** Nothing but zeros: what they are takes no time. */
function blankDecoder(residual: number, skip: number): SamplerDecoder {
  const zeros = (rows: number, columns: number) => createRows(rows, columns, () => 0)
  const conditionRows = 2 * residual * MEASURED_LAYERS + skip
  return {
    residual,
    skip,
    levels: 256,
    dilations: Array.from({ length: MEASURED_LAYERS }, (_, layer) => 2 ** layer),
    first: zeros(residual, 3),
    firstSkip: zeros(skip, 3),
    lags: null,
    layers: Array.from({ length: MEASURED_LAYERS }, () => ({
      gate: zeros(2 * residual, 2 * residual),
      mix: zeros(residual + skip, residual),
      mixBias: new Float64Array(residual + skip),
    })),
    head: zeros(skip, skip),
    logits: zeros(256, skip),
    logitsBias: new Float64Array(256),
    condition: {
      bias: new Float64Array(conditionRows),
      held: zeros(conditionRows, 1),
      fixed: zeros(conditionRows, 1),
      pitch: null,
    },
  }
}
