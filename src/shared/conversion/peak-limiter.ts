import { concatenated } from '../base/concatenated.ts'
import type { SampleSink } from './sound.ts'

/** A peak is turned down by a raised cosine this long to each side. */
const REACH_SEC = 0.01

export interface PeakLimiter {
  /** Takes the next samples, one array per channel. */
  push(channels: readonly Float64Array[]): void
  /** Gives out what is still held. */
  finish(): void
}

/**
 * Keeps sound under a ceiling without clipping it: around each sample above it the gain dips smoothly, before and
 * after. No delay. Sound that stays under the ceiling passes unchanged. All channels get the same gain.
 */
export function createPeakLimiter(ceiling: number, rateHz: number, sink: SampleSink): PeakLimiter {
  const reach = Math.max(1, Math.round(REACH_SEC * rateHz))
  const dip = Float64Array.from({ length: reach }, (_, distance) => 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach))
  let held: Float64Array[] = []
  /** Part of the level taken away, for the held samples and as far as a dip reaches beyond them. */
  let taken = new Float64Array(reach)

  /** Whether anything is taken away from what is held: most sound passes as it is. */
  let isQuiet = true

  function note(channels: readonly Float64Array[], index: number, at: number): void {
    let peak = 0
    for (const channel of channels) peak = Math.max(peak, Math.abs(channel[index]))
    if (peak <= ceiling) return
    isQuiet = false
    const needed = 1 - ceiling / peak
    for (let place = Math.max(0, at - reach + 1); place < at + reach; place++)
      taken[place] = Math.max(taken[place], needed * dip[Math.abs(place - at)])
  }

  function give(count: number): void {
    if (count <= 0) return
    sink.write(held.map((channel) => (isQuiet ? new Float32Array(channel.subarray(0, count)) : dipped(channel, count))))
    held = held.map((channel) => channel.slice(count))
    taken = taken.slice(count)
    isQuiet ||= taken.every((part) => part === 0)
  }

  function dipped(channel: Float64Array, count: number): Float32Array {
    const result = new Float32Array(count)
    for (let at = 0; at < count; at++) result[at] = channel[at] * (1 - taken[at])
    return result
  }

  return {
    push(channels) {
      const before = taken.length - reach
      const count = channels[0].length
      taken = concatenated([taken, new Float64Array(count)], Float64Array)
      if (channels.some((channel) => isOver(channel, ceiling)))
        for (let index = 0; index < count; index++) note(channels, index, before + index)
      held = channels.map((channel, c) => (held[c] ? concatenated([held[c], channel], Float64Array) : channel.slice()))
      give(held[0].length - reach)
    },
    finish() {
      give(held[0]?.length ?? 0)
    },
  }
}

function isOver(channel: Float64Array, ceiling: number): boolean {
  for (let index = 0; index < channel.length; index++) if (Math.abs(channel[index]) > ceiling) return true
  return false
}
