/**
 * A causal decoder in the samplers' own terms: what the WaveNet autoencoder's, a WaveNet vocoder's and a music
 * translator's have in common. Channels are padded with zeros to a multiple of 8.
 *
 * The rows of gated layers lie in panels of eight: four tangents, then the same channels' gates. Those are halved, since
 * σ(b) = (1 + tanh(b / 2)) / 2.
 */
export interface SamplerDecoder {
  readonly residual: number
  readonly skip: number
  /** Levels of a sample; an input is (2 level − (levels − 1)) of `first`'s columns, and 0 at the start. */
  readonly levels: number
  readonly dilations: readonly number[]
  /** [residual × (newer, older, bias)]; the first skips are a map of the same two inputs. */
  readonly first: Rows
  readonly firstSkip: Rows
  /** Of the samples around one period back, which are such inputs too; null for a decoder that does not hear them. */
  readonly lags: LagRows | null
  readonly layers: readonly SamplerLayer[]
  readonly head: Rows
  readonly logits: Rows
  readonly logitsBias: Float64Array
  readonly condition: ConditionRows
}

/** [residual × taps] and [skip × taps], the earliest first: see `firstLagOffset`. */
export interface LagRows {
  readonly toStream: Rows
  readonly toSkips: Rows
  /** Of how many samples before the next the farthest of them is. */
  readonly reach: number
}

export interface SamplerLayer {
  /** [2 residual × (past, now)] */
  readonly gate: Rows
  /** [residual and skip × gated]: the last layer's residual leads nowhere. */
  readonly mix: Rows
  readonly mixBias: Float64Array
}

/** What the condition adds to every layer's gate rows, one layer after the other, and then to the head's. */
export interface ConditionRows {
  readonly bias: Float64Array
  /** Of what holds for a frame, of what stays for a whole sound, and of what changes with every sample. */
  readonly held: Rows
  readonly fixed: Rows
  readonly pitch: Float64Array | null
}

/** A matrix, row by row. */
export interface Rows {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
}

/** Rows of a panel: what the kernels add up at once for each of four segments. */
export const PANEL_ROWS = 8
/** Segments that go in lock-step through one reading of the weights. */
export const GROUP_SEGMENTS = 4

export const paddedTo = (multiple: number, count: number): number => multiple * Math.ceil(count / multiple)

export function createRows(rows: number, columns: number, valueAt: (row: number, column: number) => number): Rows {
  const values = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) values[row * columns + column] = valueAt(row, column)
  return { rows, columns, values }
}

/** Condition rows of a layer's gate, and of the head. */
export const gateRowsFrom = ({ residual }: SamplerDecoder, layer: number): number => 2 * residual * layer
export const headRowsFrom = ({ residual, layers }: SamplerDecoder): number => 2 * residual * layers.length

/** Samples before the next that decide it. */
export const decoderReachOf = ({ dilations, lags }: SamplerDecoder): number =>
  Math.max(2, lags?.reach ?? 0) + dilations.reduce((sum, dilation) => sum + dilation, 0)

/** Multiplications and additions of one sample of one segment, the condition left out. */
export function multiplicationsPerSample({ residual: R, skip: S, levels, dilations, lags }: SamplerDecoder): number {
  const inputs = 2 + (lags?.toStream.columns ?? 0)
  return dilations.length * (4 * R * R + R * (R + S)) + inputs * (R + S) + S * S + levels * S
}
