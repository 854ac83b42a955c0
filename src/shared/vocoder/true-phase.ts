import { FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import type { PitchCourse } from './pitch-source.ts'

/** Half of a Hann window of 30 ms: wide enough for one harmonic alone, narrow enough to follow it. */
const HALF_SAMPLES = 240

/**
 * Where in its period a voice really is, against the plain integral of its pitch: the fundamental, demodulated, for
 * every 5 ms as a complex number [frames × 2]. A network that learns from sounds has to be told; what it sings later may
 * begin its periods where it likes.
 * @param x the sound without its envelope
 */
export function measureFundamental(x: Float32Array, { hz, cycles }: PitchCourse): Float32Array {
  const frameCount = Math.floor(x.length / FRAME_SAMPLES) + 1
  const found = new Float32Array(2 * frameCount)
  for (let frame = 0; frame < frameCount; frame++) {
    const center = frame * FRAME_SAMPLES
    let re = 0
    let im = 0
    for (let at = Math.max(center - HALF_SAMPLES, 0); at < Math.min(center + HALF_SAMPLES, x.length); at++) {
      if (hz[at] === 0) continue
      const weight = 0.5 + 0.5 * Math.cos((Math.PI * (at - center)) / HALF_SAMPLES)
      const angle = 2 * Math.PI * (cycles[at] - Math.floor(cycles[at]))
      re += weight * x[at] * Math.cos(angle)
      im -= weight * x[at] * Math.sin(angle)
    }
    found[2 * frame] = re
    found[2 * frame + 1] = im
  }
  return found
}

/** The course moved to where the voice is; `startSamples` is where it begins in the sound. */
export function withTruePhase(
  { hz, cycles }: PitchCourse,
  fundamental: Float32Array,
  startSamples: number,
): PitchCourse {
  const last = fundamental.length / 2 - 1
  const moved = cycles.map((turns, index) => {
    const position = (startSamples + index) / FRAME_SAMPLES
    const frame = Math.min(Math.floor(position), last)
    const next = Math.min(frame + 1, last)
    const part = position - frame
    const between = (axis: 0 | 1) =>
      fundamental[2 * frame + axis] + part * (fundamental[2 * next + axis] - fundamental[2 * frame + axis])
    return turns + Math.atan2(between(1), between(0)) / (2 * Math.PI)
  })
  return { hz, cycles: moved }
}
