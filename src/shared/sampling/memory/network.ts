import { decoderReachOf, type SamplerDecoder } from '../decoder.ts'
import type { IntegerDecoder } from '../integer/quantize.ts'
import { integerKinds, type IntegerKind, type IntegerPanels } from '../integer/panels.ts'
import { powerTable, tangentTable } from '../integer/tables.ts'
import type { Arena } from './arena.ts'
import { packFirst, packPairs, packPanels, packStarts } from './pack.ts'
import { layerFields, recordOf, type LayerField, type PlanField } from './plan.ts'

export type SamplerPrecision = 'f32' | IntegerKind

/** A decoder's place in a memory that threads share: plain data. */
export interface PlacedNetwork {
  readonly precision: SamplerPrecision
  readonly residual: number
  readonly skip: number
  readonly levels: number
  readonly dilations: readonly number[]
  /** Samples before the next that decide it. */
  readonly reach: number
  readonly heldWidth: number
  readonly fixedWidth: number
  readonly hasPitch: boolean
  /** How many samples around a period back it hears. */
  readonly lagTaps: number
  /** For integers: see `IntegerDecoder`. */
  readonly sharpness: number
  readonly plan: Readonly<Partial<Record<PlanField, number>>>
  /** f64 of every condition row, and f32 [rows × fixed width]. */
  readonly conditionBias: number
  readonly conditionFixed: number
}

/** @param integers of the same decoder, for whole numbers; none for f32 */
export function placeNetwork(arena: Arena, decoder: SamplerDecoder, integers: IntegerDecoder | null): PlacedNetwork {
  const { residual, skip, levels, dilations, condition } = decoder
  const parts = integers === null ? placeFloats(arena, decoder) : placeIntegers(arena, integers)
  const lagTaps = decoder.lags?.toStream.columns ?? 0
  const zeros = integers?.condition.zeros
  return {
    precision: integers === null ? 'f32' : integers.kind,
    residual,
    skip,
    levels,
    dilations,
    reach: decoderReachOf(decoder),
    heldWidth: condition.held.columns,
    fixedWidth: condition.fixed.columns,
    hasPitch: condition.pitch !== null,
    lagTaps,
    sharpness: integers?.sharpness ?? 0,
    plan: {
      layers: dilations.length,
      residual,
      skip,
      levels,
      hasPitch: condition.pitch === null ? 0 : 1,
      held: arena.place(packPanels(condition.held, new Float32Array(condition.held.values.length))),
      heldSteps: condition.held.columns,
      lagTaps,
      ...parts,
    },
    conditionBias: arena.place(condition.bias.map((value, row) => value - (zeros?.[row] ?? 0))),
    conditionFixed: arena.place(Float32Array.from(condition.fixed.values)),
  }
}

type PlanPart = Partial<Record<PlanField, number>>

function placeFloats(arena: Arena, decoder: SamplerDecoder): PlanPart {
  const { skip, layers, condition, head, logits } = decoder
  const placeRows = (rows: SamplerDecoder['head']) =>
    arena.place(packPanels(rows, new Float32Array(rows.values.length)))
  const placeFirst = ({ values }: SamplerDecoder['first']) =>
    arena.place(packFirst(values, new Float32Array(values.length)))
  const placeLags = ({ values, columns }: SamplerDecoder['first']) =>
    arena.place(packFirst(values, new Float32Array(values.length), columns))
  const placeStarts = (bias: Float64Array) => arena.place(packStarts(bias, new Float32Array(4 * bias.length)))
  const pitch = condition.pitch && Float32Array.from(condition.pitch)
  const pitchAt = pitch === null ? 0 : arena.place(pitch)
  const gateRows = layers.length === 0 ? 0 : layers[0].gate.rows
  const noShifts = arena.place(new Int32Array(Math.max(skip, decoder.levels) / 8))
  return {
    first: placeFirst(decoder.first),
    firstSkip: placeFirst(decoder.firstSkip),
    ...(decoder.lags && {
      toStream: placeLags(decoder.lags.toStream),
      toSkips: placeLags(decoder.lags.toSkips),
    }),
    layerTable: placeLayers(
      arena,
      layers.map(({ gate, mix, mixBias }, index) => ({
        gate: placeRows(gate),
        pitch: pitchAt + 4 * gateRows * index,
        mix: placeRows(mix),
        mixBias: placeStarts(mixBias),
      })),
    ),
    head: placeRows(head),
    headShifts: noShifts,
    headPitch: pitchAt + 4 * gateRows * layers.length,
    headSteps: skip,
    logits: placeRows(logits),
    logitsBias: placeStarts(decoder.logitsBias),
    logitsShifts: noShifts,
  }
}

function placeIntegers(arena: Arena, decoder: IntegerDecoder): PlanPart {
  const { skip, layers, head, logits, condition } = decoder
  const isByte = integerKinds[decoder.kind].weightBytes === 1
  const placeWeights = (panels: IntegerPanels) =>
    arena.place(
      packPanels(
        panels,
        panels.values instanceof Int8Array ? new Int8Array(panels.values.length) : new Int16Array(panels.values.length),
      ),
    )
  const placeFirst = ({ values }: IntegerDecoder['first']) =>
    arena.place(packFirst(values, new Int32Array(values.length)))
  const placeLags = ({ values }: IntegerDecoder['first'], rows: number) =>
    arena.place(packFirst(values, new Int32Array(values.length), values.length / rows))
  const placeStarts = (bias: Int32Array) => arena.place(packStarts(bias, new Int32Array(4 * bias.length)))
  const placePitch = (pitch: Int16Array | null) => (pitch === null ? 0 : arena.place(packPairs(pitch)))
  const placeMultipliers = ({ multipliers }: IntegerPanels) =>
    isByte && multipliers !== null ? arena.place(multipliers) : 0
  const placeFormat = ({ shift, multiplier }: IntegerDecoder['headFormat']) =>
    arena.place(Uint32Array.of(shift, multiplier))
  return {
    first: placeFirst(decoder.first),
    firstShift: decoder.first.shift,
    firstSkip: placeFirst(decoder.firstSkip),
    firstSkipShift: decoder.firstSkip.shift,
    ...(decoder.lags && {
      toStream: placeLags(decoder.lags.toStream, decoder.residual),
      toStreamShift: decoder.lags.toStream.shift,
      toSkips: placeLags(decoder.lags.toSkips, skip),
      toSkipsShift: decoder.lags.toSkips.shift,
    }),
    layerTable: placeLayers(
      arena,
      layers.map(({ format, gate, pitch, mix, mixBias }) => ({
        gate: placeWeights(gate),
        gateShifts: arena.place(gate.shifts),
        gateMultipliers: placeMultipliers(gate),
        pitch: placePitch(pitch),
        mix: placeWeights(mix),
        mixBias: placeStarts(mixBias),
        mixShifts: arena.place(mix.shifts),
        mixMultipliers: placeMultipliers(mix),
        format: placeFormat(format),
      })),
    ),
    head: placeWeights(head),
    headShifts: arena.place(head.shifts),
    headPitch: placePitch(decoder.headPitch),
    headFormat: placeFormat(decoder.headFormat),
    headSteps: skip / 2,
    logits: placeWeights(logits),
    logitsBias: placeStarts(decoder.logitsBias),
    logitsShifts: arena.place(logits.shifts),
    logitsFormat: placeFormat(decoder.logitsFormat),
    tangent: arena.place(tangentTable()),
    powers: arena.place(powerTable()),
    conditionScales: arena.place(condition.scales),
    conditionLimits: arena.place(condition.limits),
  }
}

function placeLayers(arena: Arena, records: readonly Partial<Record<LayerField, number>>[]): number {
  const table = new Uint32Array(records.length * layerFields.length)
  records.forEach((record, index) => table.set(recordOf(layerFields, record), index * layerFields.length))
  return arena.place(table)
}
