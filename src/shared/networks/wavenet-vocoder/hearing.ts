import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { filterTime } from '../../nn/conv.ts'
import { addResidual, joinChannels } from '../../nn/join.ts'
import { cropChannels, cropTime, padTime } from '../../nn/shape.ts'
import { rowSources, takenRows, type RowSources } from '../../nn/taken-rows.ts'
import { timesConstant } from '../../nn/times-constant.ts'
import { READ_SAMPLES, SPAN_SAMPLES, readingWeights, tapPlace } from './between-samples.ts'
import { LAG_TAPS, PAST_SAMPLES } from './config.ts'
import { circleOf, INPUT_GAIN, type SamplePitch } from './inputs.ts'

/** What is heard beside a sound, and where in it one period back lies and two: of items that follow each other. */
export interface Hearing {
  /** [items, samples, 2] */
  readonly phase: Tensor3D
  readonly periodsBack: readonly PeriodBack[]
}

interface PeriodBack {
  /** Of each sample the first ones that are read. */
  readonly spans: RowSources
  /** What the samples of a span count: [items, samples, 1] each. */
  readonly weights: readonly Tensor3D[]
}

/** @param samplesPerItem of every item in `pitch` */
export function hearingOf({ lags, turns }: SamplePitch, samplesPerItem: number): Hearing {
  const count = turns.length
  const phase = new Float32Array(2 * count)
  for (let at = 0; at < count; at++) if (lags[0][at] > 0) circleOf(turns[at], phase, 2 * at)
  return {
    phase: tensor3d(phase, [count / samplesPerItem, samplesPerItem, 2]),
    periodsBack: lags.map((own) => periodBack(own, samplesPerItem)),
  }
}

function periodBack(lags: ArrayLike<number>, samplesPerItem: number): PeriodBack {
  const weights = Array.from({ length: READ_SAMPLES }, () => new Float32Array(lags.length))
  const from = new Int32Array(lags.length).fill(-1)
  for (let at = 0; at < lags.length; at++) {
    if (lags[at] === 0) continue
    const { back, part } = tapPlace(lags[at])
    weights.forEach((own, read) => (own[at] = readingWeights[part][read]))
    // Spans are named by their last sample: all that begin earlier lie before the item.
    const last = (at % samplesPerItem) - back + SPAN_SAMPLES - 1
    if (last >= 0) from[at] = at - back + SPAN_SAMPLES - 1
  }
  const shape: [number, number, number] = [lags.length / samplesPerItem, samplesPerItem, 1]
  return { spans: rowSources(from, lags.length), weights: weights.map((own) => tensor3d(own, shape)) }
}

/**
 * `teacherForced` of a sound that is computed itself: the slope goes back into it.
 * @param sound [items, samples, 1]
 * @returns [items, samples, 28]
 */
export function hear(sound: Tensor3D, { phase, periodsBack }: Hearing): Tensor3D {
  const samples = sound.shape[1]
  // The last sample is nobody's past.
  const before = cropTime(padTime(sound, PAST_SAMPLES, 0), 0, samples + PAST_SAMPLES - 1)
  const past = filterTime(
    before,
    taps(PAST_SAMPLES, (channel) => PAST_SAMPLES - 1 - channel),
  )
  const spans = filterTime(
    padTime(sound, SPAN_SAMPLES - 1, 0),
    taps(SPAN_SAMPLES, (channel) => channel),
  )
  return joinChannels([past, ...periodsBack.map((back) => readBetween(takenRows(spans, back.spans), back)), phase])
}

/**
 * @param read [items, samples, 12]
 * @returns [items, samples, 5]
 */
const readBetween = (read: Tensor3D, { weights }: PeriodBack): Tensor3D =>
  weights
    .map((own, first) => timesConstant(cropChannels(read, first, LAG_TAPS), own))
    .reduce((sum, part) => addResidual(sum, part))

/** So many samples beside each other as channels, each from its tap. */
function taps(count: number, tapOf: (channel: number) => number): Tensor3D {
  const weight = new Float32Array(count * count)
  for (let channel = 0; channel < count; channel++) weight[tapOf(channel) * count + channel] = INPUT_GAIN
  return tensor3d(weight, [count, 1, count])
}
