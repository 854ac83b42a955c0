import { assert } from '../base/assert.ts'
import { MU_LAW_LEVELS } from '../dsp/mu-law.ts'
import { dilationsOf, heldWidth, lagReach, tapsOf, type WavenetBlocks } from '../networks/wavenet-autoencoder/config.ts'
import type { StoredParameters } from '../nn/parameters.ts'
import { createRows, PANEL_ROWS, paddedTo, type LagRows, type SamplerDecoder, type SamplerLayer } from './decoder.ts'

/** Of the kernels: what was, and what is. */
const TAPS = 2

/**
 * The decoder of a WaveNet autoencoder: held are the latents and notes, fixed is the singer's row, of which a music translator's
 * has none, and the pitch changes with every sample. Its convolutions have two taps: all but NSynth's.
 * @param parameters in stored layout: `wavenetAutoencoderShapes`, or `domainShapes`
 */
export function autoencoderDecoder(parameters: StoredParameters, config: WavenetBlocks): SamplerDecoder {
  assert(tapsOf(config.decoder) === TAPS, `the samplers sing decoders of ${TAPS} taps`)
  const { singer = 0, lagTaps = 0 } = config
  const heldColumns = heldWidth(config)
  const { channels: R, skip: S } = config.decoder
  const residual = paddedTo(PANEL_ROWS, R)
  const skip = paddedTo(PANEL_ROWS, S)
  const levels = MU_LAW_LEVELS
  const dilations = dilationsOf(config.decoder)
  const read = (name: string) => readLayer(parameters, `decoder/${name}`)
  const [input, toSkip, head, headCondition, logits] = ['in', 'skip', 'head', 'head-condition', 'logits'].map(read)
  const conditions = dilations.map((_, layer) => read(`layer${layer}/condition`))
  const gates = dilations.map((_, layer) => read(`layer${layer}/conv`))
  const place = gatePlaces(R, residual)

  /** An input is level / 255 − .5, which is (2 level − 255) / 510. */
  const firstOf = (row: number, column: number) =>
    column === 2 ? input.bias(row) : input.weight(row, 0, 1 - column) / (2 * (levels - 1))
  const firstSkipOf = (row: number, column: number) => {
    let sum = column === 2 ? toSkip.bias(row) : 0
    for (let channel = 0; channel < R; channel++) sum += toSkip.weight(row, channel, 0) * firstOf(channel, column)
    return sum
  }
  const lags = (): LagRows => {
    const periodBack = readLayer(parameters, 'decoder/lags', false)
    const toStream = createRows(residual, lagTaps, (row, tap) => periodBack.weight(row, tap, 0) / (2 * (levels - 1)))
    const toSkips = createRows(skip, lagTaps, (row, tap) => {
      let sum = 0
      for (let channel = 0; channel < R; channel++)
        sum += toSkip.weight(row, channel, 0) * toStream.values[channel * lagTaps + tap]
      return sum
    })
    return { toStream, toSkips, reach: lagReach(config) }
  }
  const layers = dilations.map((_, layer): SamplerLayer => {
    const [toResidual, toSkips] = [read(`layer${layer}/residual`), read(`layer${layer}/skip`)]
    const mixed = (row: number) =>
      row < residual ? { layer: toResidual, row } : { layer: toSkips, row: row - residual }
    return {
      gate: createRows(2 * residual, 2 * residual, (row, column) => {
        const { channel, factor } = place(row)
        return factor * gates[layer].weight(channel, column % residual, column < residual ? 0 : 1)
      }),
      mix: createRows(residual + skip, residual, (row, column) => mixed(row).layer.weight(mixed(row).row, column, 0)),
      mixBias: Float64Array.from({ length: residual + skip }, (_, row) => mixed(row).layer.bias(mixed(row).row)),
    }
  })

  const headFrom = 2 * residual * dilations.length
  const conditionRows = headFrom + skip
  const told = (row: number, column: number): number => {
    if (row >= headFrom) return headCondition.weight(row - headFrom, column, 0)
    const { channel, factor } = place(row % (2 * residual))
    return factor * conditions[Math.floor(row / (2 * residual))].weight(channel, column, 0)
  }
  const toldBias = (row: number): number => {
    if (row >= headFrom) return headCondition.bias(row - headFrom) + head.bias(row - headFrom)
    const layer = Math.floor(row / (2 * residual))
    const { channel, factor } = place(row % (2 * residual))
    return factor * (conditions[layer].bias(channel) + gates[layer].bias(channel))
  }
  return {
    residual,
    skip,
    levels,
    dilations,
    first: createRows(residual, 3, firstOf),
    firstSkip: createRows(skip, 3, firstSkipOf),
    lags: lagTaps === 0 ? null : lags(),
    layers,
    head: createRows(skip, skip, (row, column) => head.weight(row, column, 0)),
    logits: createRows(levels, skip, (row, column) => logits.weight(row, column, 0)),
    logitsBias: Float64Array.from({ length: levels }, (_, row) => logits.bias(row)),
    condition: {
      bias: Float64Array.from({ length: conditionRows }, (_, row) => toldBias(row)),
      held: createRows(conditionRows, heldColumns, told),
      fixed: createRows(conditionRows, singer, (row, column) => told(row, heldColumns + column)),
      pitch: config.hasPitch
        ? Float64Array.from({ length: conditionRows }, (_, row) => told(row, heldColumns + singer))
        : null,
    },
  }
}

/** The stored channel and the factor of a gate row; padded channels have none, which reads as 0. */
function gatePlaces(
  R: number,
  residual: number,
): (row: number) => { readonly channel: number; readonly factor: number } {
  const half = PANEL_ROWS / 2
  return (row) => {
    const inPanel = row % PANEL_ROWS
    const channel = Math.floor(row / PANEL_ROWS) * half + (inPanel % half)
    const isGate = inPanel >= half
    if (channel >= R || channel >= residual) return { channel: -1, factor: 0 }
    return { channel: isGate ? R + channel : channel, factor: isGate ? 0.5 : 1 }
  }
}

interface StoredLayer {
  /** 0 outside of the stored shape. */
  weight(out: number, input: number, tap: number): number
  bias(out: number): number
}

function readLayer(parameters: StoredParameters, name: string, isBiased = true): StoredLayer {
  const weight = parameters.get(`${name}/weight`)
  const bias = parameters.get(`${name}/bias`)
  assert(weight !== undefined && (bias !== undefined || !isBiased), `parameter ${name} is missing`)
  const [outputs, inputs, taps] = weight.shape
  return {
    weight: (out, input, tap) =>
      out < 0 || out >= outputs || input >= inputs ? 0 : weight.values[(out * inputs + input) * taps + tap],
    bias: (out) => (bias === undefined || out < 0 || out >= outputs ? 0 : bias.values[out]),
  }
}
