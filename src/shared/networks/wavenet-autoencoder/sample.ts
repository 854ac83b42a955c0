import { assert } from '../../base/assert.ts'
import { MU_LAW_LEVELS } from '../../dsp/mu-law.ts'
import type { StoredParameters } from '../../nn/parameters.ts'
import { dilationsOf, tapsOf, type WavenetBlocks } from './config.ts'
import { levelInput } from './network.ts'
import { firstLagOffset } from './pitch-lags.ts'

/** What one item is sung from: the condition of every sample, [samples × condition]. */
export interface SamplingRequest {
  readonly condition: Float32Array
  readonly sampleCount: number
  /** Periods in samples, `lagsOf`, for decoders with lag taps. */
  readonly lags?: ArrayLike<number>
  /** One number in [0, 1) per sample: the level is the first whose cumulated probability passes it. */
  readonly uniforms: ArrayLike<number>
  /** Under 1 the likely levels become likelier. */
  readonly temperature?: number
}

/**
 * The decoder, one sample at a time, with a queue per layer that starts at zero: plain arithmetic in double precision,
 * what every faster sampler is compared with. The start is 0, so that the logits are `decode`'s on the levels produced.
 * @param parameters in stored layout
 * @param visit gets the logits (256) of every sample
 * @param decoder what its parameters' names begin with
 */
export function sampleDecoder(
  parameters: StoredParameters,
  config: WavenetBlocks,
  request: SamplingRequest,
  visit: (logits: Float64Array, sample: number) => void = () => {},
  decoder = 'decoder',
): Uint8Array {
  const { channels: R, skip: S } = config.decoder
  const taps = tapsOf(config.decoder)
  const { sampleCount, uniforms, temperature = 1, lags = [] } = request
  const width = request.condition.length / sampleCount
  const layer = (name: string) => createLayer(parameters, `${decoder}/${name}`)
  const [first, firstSkip, head, headCondition, logits] = ['in', 'skip', 'head', 'head-condition', 'logits'].map(layer)
  const { lagTaps = 0 } = config
  const lagWeights = lagTaps === 0 ? null : parameters.get(`${decoder}/lags/weight`)
  assert(lagWeights !== undefined, 'the weights of the lag taps are missing')
  const layers = dilationsOf(config.decoder).map((dilation, index) => ({
    convolution: layer(`layer${index}/conv`),
    condition: layer(`layer${index}/condition`),
    residual: layer(`layer${index}/residual`),
    skip: layer(`layer${index}/skip`),
    // What it heard before, the last dilation · (taps − 1) of them, around a ring.
    queue: new Float64Array((taps - 1) * dilation * R),
    dilation,
  }))
  const levels = new Uint8Array(sampleCount)
  const before = Array.from({ length: taps }, () => new Float64Array(1))
  const x = new Float64Array(R)
  const skip = new Float64Array(S)
  const both = new Float64Array(2 * R)
  const gated = new Float64Array(R)
  const hidden = new Float64Array(S)
  const scores = new Float64Array(MU_LAW_LEVELS)

  for (let sample = 0; sample < sampleCount; sample++) {
    const told = request.condition.subarray(sample * width, (sample + 1) * width)
    first.start(x)
    before.forEach((input, tap) => first.add(x, input, tap))
    if (lagWeights !== null && lags[sample] > 0) {
      const from = sample - lags[sample] + firstLagOffset(lagTaps)
      for (let tap = Math.max(-from, 0); tap < lagTaps; tap++)
        for (let i = 0; i < R; i++) x[i] += lagWeights.values[i * lagTaps + tap] * levelInput(levels[from + tap])
    }
    firstSkip.start(skip)
    firstSkip.add(skip, x, 0)
    for (const { convolution, condition, residual, skip: toSkip, queue, dilation } of layers) {
      const places = (taps - 1) * dilation
      const slotAt = (at: number) => queue.subarray((at % places) * R, ((at % places) + 1) * R)
      convolution.start(both)
      condition.start(both, true)
      // The oldest lies where this sample will.
      for (let tap = 0; tap < taps - 1; tap++) convolution.add(both, slotAt(sample + tap * dilation), tap)
      convolution.add(both, x, taps - 1)
      condition.add(both, told, 0)
      slotAt(sample).set(x)
      for (let i = 0; i < R; i++) gated[i] = Math.tanh(both[i]) / (1 + Math.exp(-both[R + i]))
      toSkip.start(skip, true)
      toSkip.add(skip, gated, 0)
      residual.start(x, true)
      residual.add(x, gated, 0)
    }
    for (let i = 0; i < S; i++) skip[i] = Math.max(skip[i], 0)
    head.start(hidden)
    headCondition.start(hidden, true)
    head.add(hidden, skip, 0)
    headCondition.add(hidden, told, 0)
    for (let i = 0; i < S; i++) hidden[i] = Math.max(hidden[i], 0)
    logits.start(scores)
    logits.add(scores, hidden, 0)
    visit(scores, sample)
    const level = chooseLevel(scores, uniforms[sample], temperature)
    levels[sample] = level
    for (let tap = 1; tap < taps; tap++) before[tap - 1][0] = before[tap][0]
    before[taps - 1][0] = levelInput(level)
  }
  return levels
}

/** The first level whose cumulated probability passes `uniform`. */
export function chooseLevel(logits: Float64Array, uniform: number, temperature: number): number {
  let highest = -Infinity
  for (const value of logits) highest = Math.max(highest, value)
  let total = 0
  for (const value of logits) total += Math.exp((value - highest) / temperature)
  let cumulated = 0
  for (let level = 0; level < logits.length; level++) {
    cumulated += Math.exp((logits[level] - highest) / temperature) / total
    if (cumulated > uniform) return level
  }
  return logits.length - 1
}

/** A weight [out, in, taps] with its bias, applied tap by tap. */
function createLayer(parameters: StoredParameters, name: string) {
  const weight = parameters.get(`${name}/weight`)
  const bias = parameters.get(`${name}/bias`)
  assert(weight !== undefined && bias !== undefined, `parameter ${name} is missing`)
  const [outputs, inputs, taps] = weight.shape
  return {
    /** Puts the bias into `sum`, or adds it. */
    start(sum: Float64Array, adds = false): void {
      for (let out = 0; out < outputs; out++) sum[out] = (adds ? sum[out] : 0) + bias.values[out]
    },
    add(sum: Float64Array, x: ArrayLike<number>, tap: number): void {
      for (let out = 0; out < outputs; out++) {
        let total = 0
        const row = out * inputs * taps + tap
        for (let i = 0; i < inputs; i++) total += weight.values[row + i * taps] * x[i]
        sum[out] += total
      }
    },
  }
}
