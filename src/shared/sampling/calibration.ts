import { createRows, type Rows, type SamplerDecoder } from './decoder.ts'

/** The greatest magnitudes that a decoder reached while it sang something like what it will sing. */
export interface SamplerPeaks {
  /** Of the residual stream before each layer, per channel. */
  readonly layers: readonly Float32Array[]
  /** Of the skips, and of what the head makes of them. */
  readonly skips: Float32Array
  readonly hidden: Float32Array
}

/**
 * The same decoder with channels of the residual stream that reach equally far: what one scale for all of them can
 * carry. Exact: a channel is divided by what its weights are multiplied with.
 */
export function equalize(
  decoder: SamplerDecoder,
  peaks: SamplerPeaks,
): { readonly decoder: SamplerDecoder; readonly peaks: SamplerPeaks } {
  const scales = channelScales(decoder.residual, peaks)
  const { residual } = decoder
  const divided = (rows: Rows): Rows =>
    createRows(rows.rows, rows.columns, (row, column) => {
      const value = rows.values[row * rows.columns + column]
      return row < residual ? value / scales[row] : value
    })
  return {
    decoder: {
      ...decoder,
      first: divided(decoder.first),
      lags: decoder.lags && { ...decoder.lags, toStream: divided(decoder.lags.toStream) },
      layers: decoder.layers.map(({ gate, mix, mixBias }) => ({
        gate: createRows(
          gate.rows,
          gate.columns,
          (row, column) => gate.values[row * gate.columns + column] * scales[column % residual],
        ),
        mix: divided(mix),
        mixBias: mixBias.map((value, row) => (row < residual ? value / scales[row] : value)),
      })),
    },
    peaks: { ...peaks, layers: peaks.layers.map((layer) => layer.map((peak, channel) => peak / scales[channel])) },
  }
}

/** A channel's reach in relation to the others'. One that never moved keeps its scale. */
function channelScales(residual: number, peaks: SamplerPeaks): Float64Array {
  const reach = Float64Array.from({ length: residual }, (_, channel) =>
    peaks.layers.reduce((most, layer) => Math.max(most, layer[channel]), 0),
  )
  const moved = reach.filter((value) => value > 0)
  const mean = Math.exp(moved.reduce((sum, value) => sum + Math.log(value), 0) / Math.max(moved.length, 1))
  return reach.map((value) => (value > 0 ? value / mean : 1))
}
