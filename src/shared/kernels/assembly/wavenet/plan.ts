/**
 * Where everything lies that a lock-step batch of segments is sung with. Whoever lays the memory out writes these
 * fields in this order (`sampling/memory/plan.ts`); all are byte offsets or counts. Segments go in groups of four:
 * lanes of a vector are outputs, and what is read of the four lies side by side, so that no shape is compiled in.
 *
 * - activations (queues, gated outputs): [group][step][4 segments][4 bytes], a step being 1, 2 or 4 channels of f32,
 *   i16 or u7;
 * - sums (condition, residual stream, skips, logits): [group][rows / 4][4 segments][4 rows], or where a panel of 8 rows
 *   starts from them [panel][4 segments][8 rows];
 * - weights: [panel of 8 rows][step][8 rows][4 bytes], read once and in this order in every step.
 */
@unmanaged
export class Plan {
  groups: usize = 0
  /** So many of them are sung; the others rest. */
  busyGroups: usize = 0
  layers: usize = 0
  /** Channels of the residual stream and of the skips, multiples of 8; levels that are drawn from, too. */
  residual: usize = 0
  skip: usize = 0
  levels: usize = 0
  /** Records of `Layer`, and of the batch's own `Queue`s. */
  layerTable: usize = 0
  queueTable: usize = 0
  /** Of the two inputs to residual stream and skips: see `open`. */
  first: usize = 0
  firstShift: usize = 0
  firstSkip: usize = 0
  firstSkipShift: usize = 0
  head: usize = 0
  headShifts: usize = 0
  headPitch: usize = 0
  headFormat: usize = 0
  logits: usize = 0
  logitsBias: usize = 0
  logitsShifts: usize = 0
  logitsFormat: usize = 0
  /** Tables of the hyperbolic tangent and of powers of two, for integers. */
  tangent: usize = 0
  powers: usize = 0
  /** Rows of all layers' gates and of the head, times what is held for a frame: see `tell`. */
  held: usize = 0
  heldSteps: usize = 0
  conditionScales: usize = 0
  conditionLimits: usize = 0
  /** Does a scalar a sample take part in the condition? */
  hasPitch: usize = 0
  /** The batch's own: what is held [group][step][4 segments], what it is added to, and the sums of both. */
  heldValues: usize = 0
  conditionBase: usize = 0
  condition: usize = 0
  /** Last two inputs of a segment, 2 · level − 255, 0 at the start. */
  inputs: usize = 0
  stream: usize = 0
  gated: usize = 0
  skips: usize = 0
  hidden: usize = 0
  headSteps: usize = 0
  scores: usize = 0
  weightsOfLevels: usize = 0
  sums: usize = 0
  /** 1 / temperature: f32, or in units of 2^-16 times what makes scores to powers of two. */
  sharpness: usize = 0
  /** [sample][segment] */
  pitch: usize = 0
  uniforms: usize = 0
  sung: usize = 0
  /** Levels that are taken in place of the drawn ones, or 0. */
  forced: usize = 0
  /** The scores of every sample are left here, or 0. */
  dump: usize = 0
  /** The greatest magnitude of every channel before every layer, then of skips and head, or 0. */
  peaks: usize = 0
  /** Samples around one period back that are heard, 0 for none, and their weights: see `addLags`. */
  lagTaps: usize = 0
  toStream: usize = 0
  toStreamShift: usize = 0
  toSkips: usize = 0
  toSkipsShift: usize = 0
  /** Of a period: [sample][segment], 0 for none. */
  lags: usize = 0
  /** The inputs of each segment, 16 bits each, around rings of a power of two of them; and room for those that are heard. */
  history: usize = 0
  historyMask: usize = 0
  heardLags: usize = 0
  /** Samples until now, which is the rings' place. */
  now: usize = 0
}

@unmanaged
export class Layer {
  /** Half of a panel are rows of the tangent, half of the gate, which are halved: σ(b) = (1 + tanh(b / 2)) / 2. */
  gate: usize = 0
  gateShifts: usize = 0
  gateMultipliers: usize = 0
  pitch: usize = 0
  /** Rows of the residual, then of the skip. */
  mix: usize = 0
  mixBias: usize = 0
  mixShifts: usize = 0
  mixMultipliers: usize = 0
  /** How the residual stream becomes this layer's activations: `Format`. */
  format: usize = 0
}

@unmanaged
export class Queue {
  at: usize = 0
  /** Dilation + 1. */
  slots: usize = 0
  /** The slot of this sample. */
  slot: usize = 0
}

/** From 32 bits to an activation: shifted into 16 bits, times a fraction of 2^15. */
@unmanaged
export class Format {
  shift: usize = 0
  multiplier: usize = 0
}

export function layerOf(plan: Plan, layer: usize): Layer {
  return changetype<Layer>(plan.layerTable + layer * offsetof<Layer>())
}

export function queueOf(plan: Plan, layer: usize): Queue {
  return changetype<Queue>(plan.queueTable + layer * offsetof<Queue>())
}

/** Steps of `channels` activations: 1, 2 or 4 of them make 4 bytes. */
export function stepsOf<T>(channels: usize): usize {
  return (channels * sizeof<T>()) >> 2
}

/** Bytes of `rows` sums of a group. */
export function groupBytes(rows: usize): usize {
  return rows << 4
}
