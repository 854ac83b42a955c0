/**
 * The fields of a batch's plan, 32 bits each, in the order in which `kernels/assembly/wavenet/plan.ts` reads them;
 * what they mean is said there.
 */
export const planFields = [
  'groups',
  'busyGroups',
  'layers',
  'residual',
  'skip',
  'levels',
  'layerTable',
  'queueTable',
  'first',
  'firstShift',
  'firstSkip',
  'firstSkipShift',
  'head',
  'headShifts',
  'headPitch',
  'headFormat',
  'logits',
  'logitsBias',
  'logitsShifts',
  'logitsFormat',
  'tangent',
  'powers',
  'held',
  'heldSteps',
  'conditionScales',
  'conditionLimits',
  'hasPitch',
  'heldValues',
  'conditionBase',
  'condition',
  'inputs',
  'stream',
  'gated',
  'skips',
  'hidden',
  'headSteps',
  'scores',
  'weightsOfLevels',
  'sums',
  'sharpness',
  'pitch',
  'uniforms',
  'sung',
  'forced',
  'dump',
  'peaks',
  'lagTaps',
  'toStream',
  'toStreamShift',
  'toSkips',
  'toSkipsShift',
  'lags',
  'history',
  'historyMask',
  'heardLags',
  'now',
] as const
export type PlanField = (typeof planFields)[number]

export const layerFields = [
  'gate',
  'gateShifts',
  'gateMultipliers',
  'pitch',
  'mix',
  'mixBias',
  'mixShifts',
  'mixMultipliers',
  'format',
] as const
export type LayerField = (typeof layerFields)[number]

/** Of a batch's queue of one layer. */
export const queueFields = ['at', 'slots', 'slot'] as const

export const recordOf = <Field extends string>(
  fields: readonly Field[],
  values: Readonly<Partial<Record<Field, number>>>,
): Uint32Array => Uint32Array.from(fields, (field) => values[field] ?? 0)
