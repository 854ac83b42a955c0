/** Flat tops: what a converter or a program cut off. */
export interface ClippingReport {
  /** Tops that are cut flat at the sound's own highest or lowest value. */
  readonly flatTopCount: number
  readonly flatSampleCount: number
  readonly sampleCount: number
}

export interface ClippingMeter {
  /** Blocks in order, one array per channel. */
  push(channels: readonly Float32Array[]): void
  finish(): ClippingReport
}

/** A flat top is so many samples long: two neighbors are equal by chance of rounding. */
const SHORTEST_RUN = 3
/** Samples are as high as the highest within this share of it. */
const TOLERANCE = 3e-4

interface Extreme {
  readonly sign: 1 | -1
  height: number
  run: number
  tops: number
  samples: number
}

/**
 * Must hear the recording as it is in its file: a change of rate or a coder makes round tops of flat ones. Whatever was
 * cut off stands at the highest value there is, at any level; a voice that was not has one highest place, or few.
 */
export function createClippingMeter(): ClippingMeter {
  let extremes: Extreme[][] = []
  let sampleCount = 0
  return {
    push(channels) {
      if (extremes.length === 0) extremes = channels.map(() => [startOf(1), startOf(-1)])
      channels.forEach((samples, channel) => {
        sampleCount += samples.length
        for (const extreme of extremes[channel]) follow(extreme, samples)
      })
    },
    finish() {
      const all = extremes.flat()
      return {
        flatTopCount: all.reduce((sum, { tops }) => sum + tops, 0),
        flatSampleCount: all.reduce((sum, { samples }) => sum + samples, 0),
        sampleCount,
      }
    },
  }
}

const startOf = (sign: 1 | -1): Extreme => ({ sign, height: 0, run: 0, tops: 0, samples: 0 })

function follow(extreme: Extreme, samples: Float32Array): void {
  for (let index = 0; index < samples.length; index++) {
    const value = extreme.sign * samples[index]
    if (value < extreme.height * (1 - TOLERANCE) || value <= 0) {
      extreme.run = 0
      continue
    }
    if (value > extreme.height * (1 + TOLERANCE)) [extreme.run, extreme.tops, extreme.samples] = [0, 0, 0]
    if (value > extreme.height) extreme.height = value
    extreme.run++
    if (extreme.run === SHORTEST_RUN) extreme.tops++
    if (extreme.run >= SHORTEST_RUN) extreme.samples += extreme.run === SHORTEST_RUN ? SHORTEST_RUN : 1
  }
}
