import { GROUP_SEGMENTS, PANEL_ROWS } from '../decoder.ts'
import { integerKinds } from '../integer/panels.ts'
import type { Arena } from './arena.ts'
import type { PlacedNetwork } from './network.ts'
import { planFields, queueFields, recordOf } from './plan.ts'

/** A lock-step batch's place in the memory: plain data. */
export interface PlacedBatch {
  readonly at: number
  readonly groups: number
  /** The most samples of one run. */
  readonly mostSamples: number
  readonly queues: readonly { readonly at: number; readonly bytes: number }[]
  readonly fields: Readonly<
    Record<
      | 'conditionBase'
      | 'heldValues'
      | 'inputs'
      | 'pitch'
      | 'uniforms'
      | 'sung'
      | 'forced'
      | 'dump'
      | 'peaks'
      | 'lags'
      | 'history',
      number
    >
  >
}

export interface BatchOptions {
  readonly groups: number
  readonly mostSamples: number
  /** Takes levels in place of drawn ones, and leaves the scores of every sample: for comparisons. */
  readonly isWatched?: boolean
  /** Keeps the greatest magnitudes: of f32. */
  readonly keepsPeaks?: boolean
}

/** Bytes of a channel's activation. */
export const activationBytesOf = ({ precision }: PlacedNetwork): number =>
  precision === 'f32' ? 4 : integerKinds[precision].weightBytes

/** Condition rows: of every layer's gates and of the head. */
export const conditionRowsOf = ({ residual, skip, dilations }: PlacedNetwork): number =>
  2 * residual * dilations.length + skip

/** Of the past of each segment so much is kept, around a ring, for lag taps: more than a period of any pitch. */
const HISTORY_SAMPLES = 512
export const HISTORY_BYTES = Int16Array.BYTES_PER_ELEMENT * HISTORY_SAMPLES

export function placeBatch(arena: Arena, network: PlacedNetwork, options: BatchOptions): PlacedBatch {
  const { residual, skip, levels, dilations, heldWidth, lagTaps } = network
  const { groups, mostSamples, isWatched = false, keepsPeaks = false } = options
  const segments = GROUP_SEGMENTS * groups
  const activations = segments * activationBytesOf(network)
  const queues = dilations.map((dilation) => {
    const bytes = (dilation + 1) * residual * activations
    return { at: arena.reserve(bytes), bytes, slots: dilation + 1 }
  })
  const queueTable = new Uint32Array(queues.length * queueFields.length)
  queues.forEach((queue, index) => queueTable.set(recordOf(queueFields, queue), index * queueFields.length))
  const rows = conditionRowsOf(network)
  const samples = segments * mostSamples
  const fields = {
    conditionBase: arena.reserve(4 * segments * rows),
    heldValues: arena.reserve(4 * segments * heldWidth),
    inputs: arena.reserve(8 * segments),
    pitch: arena.reserve(4 * samples),
    uniforms: arena.reserve(4 * samples),
    sung: arena.reserve(samples),
    forced: isWatched ? arena.reserve(samples) : 0,
    dump: isWatched ? arena.reserve(4 * levels * samples) : 0,
    peaks: keepsPeaks ? arena.reserve(4 * (residual * dilations.length + 2 * skip)) : 0,
    lags: lagTaps > 0 ? arena.reserve(4 * samples) : 0,
    history: lagTaps > 0 ? arena.reserve(HISTORY_BYTES * segments) : 0,
  }
  const at = arena.place(
    recordOf(planFields, {
      ...network.plan,
      ...fields,
      groups,
      historyMask: HISTORY_SAMPLES - 1,
      heardLags: lagTaps > 0 ? arena.reserve(4 * lagTaps) : 0,
      busyGroups: groups,
      queueTable: arena.place(queueTable),
      condition: arena.reserve(4 * segments * rows),
      stream: arena.reserve(4 * segments * residual),
      gated: arena.reserve(segments * residual * 4),
      skips: arena.reserve(4 * segments * skip),
      hidden: arena.reserve(4 * GROUP_SEGMENTS * skip),
      scores: arena.reserve(4 * segments * levels),
      weightsOfLevels: arena.reserve(4 * levels),
      sums: arena.reserve(4 * segments * PANEL_ROWS),
    }),
  )
  return { at, groups, mostSamples, queues: queues.map(({ at, bytes }) => ({ at, bytes })), fields }
}
