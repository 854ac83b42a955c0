import { assert } from '../base/assert.ts'
import { concatenated } from '../base/concatenated.ts'
import { createRealFft } from '../dsp/fft.ts'
import { periodicHannWindow } from '../dsp/window.ts'
import type { Hertz } from '../units/time.ts'
import { dbToGain, type Decibels } from '../units/level.ts'
import { BAND_COUNT, bandEdgesHz, patternAt } from './pattern.ts'

/** How far a band's level is moved, up or down. */
export const MARK_DEPTH_DB: Decibels = 0.6

/** Marks sound piece by piece. What comes out has the length and the place of what went in. */
export interface Marker {
  /** One array per channel; gives what is finished so far, which may be nothing. */
  process(channels: readonly Float32Array[]): Float32Array[]
  /** The rest. */
  finish(): Float32Array[]
}

/**
 * A short-time spectrum with roots of Hann windows that overlap by half, so that a depth of 0 gives the sound back; all
 * channels are moved alike. Silence stays silence. Frames of about 43 ms.
 */
export function createMarker(rateHz: Hertz, channelCount: number, depthDb: Decibels = MARK_DEPTH_DB): Marker {
  assert(rateHz >= 8000, `a mark needs 8 kHz and more, not ${rateHz} Hz`)
  const size = 2 ** Math.round(Math.log2(0.0427 * rateHz))
  const hop = size / 2
  const fft = createRealFft(size)
  const window = periodicHannWindow(size).map(Math.sqrt)
  const bandOfBin = Int8Array.from({ length: hop + 1 }, (_, bin) => bandOf((bin * rateHz) / size))
  const re = new Float64Array(hop + 1)
  const im = new Float64Array(hop + 1)
  const frame = new Float64Array(size)
  const gains = new Float64Array(BAND_COUNT)
  const states = Array.from({ length: channelCount }, () => ({
    /** The frame to come, as far as it is known: the second half of the last hop, and what came since. */
    pending: new Float32Array(size),
    tail: new Float64Array(hop),
  }))
  let held = hop // The first frame begins half of its length before the sound.
  let frameIndex = 0
  let writtenSamples = -hop
  let readSamples = 0

  function setGains(): void {
    const middleSec = (frameIndex * hop) / rateHz
    for (let band = 0; band < BAND_COUNT; band++) gains[band] = dbToGain(depthDb * patternAt(band, middleSec))
    frameIndex++
  }

  /** The next half frame of a channel, from its pending whole one. */
  function turnFrame({ pending, tail }: (typeof states)[number]): Float32Array {
    for (let at = 0; at < size; at++) frame[at] = pending[at] * window[at]
    fft.forward(frame, re, im)
    for (let bin = 0; bin <= hop; bin++) {
      if (bandOfBin[bin] < 0) continue
      re[bin] *= gains[bandOfBin[bin]]
      im[bin] *= gains[bandOfBin[bin]]
    }
    fft.inverse(re, im, frame)
    const done = Float32Array.from(tail, (value, at) => value + frame[at] * window[at])
    for (let at = 0; at < hop; at++) tail[at] = frame[hop + at] * window[hop + at]
    pending.copyWithin(0, hop)
    return done
  }

  function advance(channels: readonly Float32Array[]): Float32Array[][] {
    const blocks: Float32Array[][] = []
    let at = 0
    while (at < channels[0].length) {
      const count = Math.min(size - held, channels[0].length - at)
      states.forEach(({ pending }, channel) => pending.set(channels[channel].subarray(at, at + count), held))
      held += count
      at += count
      if (held < size) break
      setGains()
      blocks.push(states.map(turnFrame))
      held = hop
    }
    return blocks
  }

  /** Takes away what lies before the sound's start and after its end. */
  function within(blocks: readonly Float32Array[][]): Float32Array[] {
    const kept = blocks.map((block) => {
      const from = Math.max(0, -writtenSamples)
      const to = Math.max(0, readSamples - writtenSamples)
      writtenSamples += hop
      return block.map((channel) => channel.subarray(from, to))
    })
    return states.map((_, channel) => concatenated(kept.map((block) => block[channel])))
  }

  return {
    process(channels) {
      readSamples += channels[0].length
      return within(advance(channels))
    },
    finish() {
      const silence = states.map(() => new Float32Array(2 * size))
      return within(advance(silence))
    },
  }
}

function bandOf(frequencyHz: Hertz): number {
  const above = bandEdgesHz.findIndex((edgeHz) => edgeHz > frequencyHz)
  return above - 1 < 0 ? -1 : above - 1
}
