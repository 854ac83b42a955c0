import { concatenated } from '../../base/concatenated.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { FRAMES_PER_SEC } from '../features.ts'
import type { AnalysisSpan } from '../windows.ts'

/** Power is averaged over so many frames to each side, the farther the less: slower than a period, faster than a syllable. */
const REACH_FRAMES = 4
/** A sound is brought to its source's level by no more than this either way. */
const GREATEST_GAIN = 2.5
const POWER_FLOOR = 1e-12

export interface LevelMatch {
  /** The next samples of the span, from its beginning on, one array per channel. */
  push(channels: readonly Float64Array[]): void
  /** Gives out what is still held. */
  finish(): void
}

/**
 * Brings what is sung of a span to the level that its source has there, all channels by the same gain, which moves
 * smoothly; where the source is nothing, so is the sound. Nothing of it depends on how the sound is pushed; some milliseconds are held.
 * @param levelChange of ln power per 5 ms frame, by which the sound is to be louder than its source; absent for none
 */
export function createLevelMatch(
  { source, startSamples, durationSamples }: AnalysisSpan,
  levelChange: Numbers | undefined,
  write: (channels: Float64Array[]) => void,
): LevelMatch {
  const hop = Math.round(source.rateHz / FRAMES_PER_SEC)
  const frameCount = Math.ceil(durationSamples / hop)
  const wanted = new Float64Array(frameCount)
  const sung = new Float64Array(frameCount)
  /** Samples pushed, and given out; what lies between is held. */
  let pushed = 0
  let given = 0
  let held: Float64Array[] = []

  function louder(frame: number): number {
    if (levelChange === undefined) return 1
    const at = Math.round(((frame + 0.5) * hop * FRAMES_PER_SEC) / source.rateHz)
    return Math.exp(levelChange[Math.min(at, levelChange.length - 1)])
  }

  function gainOf(frame: number): number {
    let [x, y] = [0, 0]
    const last = Math.min(frame + REACH_FRAMES, frameCount - 1)
    for (let near = Math.max(frame - REACH_FRAMES, 0); near <= last; near++) {
      const weight = REACH_FRAMES + 1 - Math.abs(near - frame)
      x += weight * wanted[near] * louder(near)
      y += weight * sung[near]
    }
    return x === 0 ? 0 : Math.min(Math.max(Math.sqrt(x / (y + POWER_FLOOR)), 1 / GREATEST_GAIN), GREATEST_GAIN)
  }

  function give(end: number): void {
    const count = end - given
    if (count <= 0) return
    const part = held.map((channel) => channel.slice(0, count))
    let frame = -1
    let [before, after] = [1, 1]
    for (let index = 0; index < count; index++) {
      const position = (given + index + 0.5) / hop - 0.5
      const left = Math.max(Math.floor(position), 0)
      if (left !== frame) [frame, before, after] = [left, gainOf(left), gainOf(Math.min(left + 1, frameCount - 1))]
      const gain = before + (after - before) * Math.max(position - left, 0)
      for (const channel of part) channel[index] *= gain
    }
    write(part)
    held = held.map((channel) => channel.slice(count))
    given = end
  }

  return {
    push(channels) {
      const { length } = channels[0]
      addPowers(channels, pushed, hop, sung)
      addPowers(source.read(startSamples + pushed, length), pushed, hop, wanted)
      held = channels.map((channel, c) => (held[c] ? concatenated([held[c], channel], Float64Array) : channel.slice()))
      pushed += length
      // The gain between two frames is known with what is near the second.
      give(Math.min((Math.floor(pushed / hop) - REACH_FRAMES - 1) * hop, durationSamples))
    },
    finish: () => give(pushed),
  }
}

function addPowers(
  channels: readonly (Float32Array | Float64Array)[],
  first: number,
  hop: number,
  powers: Float64Array,
): void {
  for (const channel of channels)
    for (let index = 0; index < channel.length; index++)
      powers[Math.floor((first + index) / hop)] += channel[index] * channel[index]
}
