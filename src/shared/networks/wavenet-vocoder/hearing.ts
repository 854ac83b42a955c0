import { tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { filterTime } from '../../nn/conv.ts'
import { joinChannels } from '../../nn/join.ts'
import { cropTime, padTime } from '../../nn/shape.ts'
import { rowSources, takenRows, type RowSources } from '../../nn/taken-rows.ts'
import { LAG_TAPS, PAST_SAMPLES } from './config.ts'
import { circleOf, INPUT_GAIN, lagOf, type SamplePitch } from './inputs.ts'

const BESIDE = Math.floor(LAG_TAPS / 2)

/** What is heard beside a sound, and where in it a period back lies: of items that follow each other. */
export interface Hearing {
  /** [items, samples, 2] */
  readonly phase: Tensor3D
  readonly periodBack: RowSources
}

/** @param samplesPerItem of every item in `pitch` */
export function hearingOf({ hz, turns }: SamplePitch, samplesPerItem: number): Hearing {
  const items = hz.length / samplesPerItem
  const phase = new Float32Array(2 * hz.length)
  // Of an item, the first row is centered so far before its first sample that one tap still hears that.
  const rowsPerItem = samplesPerItem + BESIDE
  const from = Int32Array.from({ length: hz.length }, (_, at) => {
    const lag = lagOf(hz[at])
    if (lag === 0) return -1
    circleOf(turns[at], phase, 2 * at)
    const row = (at % samplesPerItem) - lag + BESIDE
    return row < 0 ? -1 : Math.floor(at / samplesPerItem) * rowsPerItem + row
  })
  return {
    phase: tensor3d(phase, [items, samplesPerItem, 2]),
    periodBack: rowSources(from, items * rowsPerItem),
  }
}

/**
 * `teacherForced` of a sound that is computed itself: the slope goes back into it.
 * @param sound [items, samples, 1]
 * @returns [items, samples, 23]
 */
export function hear(sound: Tensor3D, { phase, periodBack }: Hearing): Tensor3D {
  const samples = sound.shape[1]
  // The last sample is nobody's past.
  const before = cropTime(padTime(sound, PAST_SAMPLES, 0), 0, samples + PAST_SAMPLES - 1)
  const past = filterTime(
    before,
    taps(PAST_SAMPLES, (channel) => PAST_SAMPLES - 1 - channel),
  )
  const around = filterTime(
    padTime(sound, 2 * BESIDE, BESIDE),
    taps(LAG_TAPS, (channel) => channel),
  )
  return joinChannels([past, takenRows(around, periodBack), phase])
}

/** So many samples beside each other as channels, each from its tap. */
function taps(count: number, tapOf: (channel: number) => number): Tensor3D {
  const weight = new Float32Array(count * count)
  for (let channel = 0; channel < count; channel++) weight[tapOf(channel) * count + channel] = INPUT_GAIN
  return tensor3d(weight, [count, 1, count])
}
