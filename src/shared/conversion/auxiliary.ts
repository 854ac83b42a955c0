import type { Numbers } from '../dsp/numbers.ts'
import { loudEnergy } from './features.ts'

/** Pitch is given to the network as octaves above this. */
const REFERENCE_HZ = 220
/** Where too little is voiced to interpolate, the pitch of a middling voice. */
const UNVOICED_HZ = 180
const FEWEST_VOICED_FRAMES = 3
/** Energy channel: ln power relative to the loud frames, held here, then scaled to about one. */
const LOWEST_ENERGY = -12
const HIGHEST_ENERGY = 2
const ENERGY_SCALE = 4

/** What the decoder sees beside latent and singer, one number per 10 ms frame each. */
export interface Auxiliary {
  /** log2(f0 / 220 Hz), interpolated through unvoiced frames. */
  readonly pitch: Float64Array
  /** 1 voiced, 0 unvoiced. */
  readonly voiced: Float64Array
  /** (energy − 95th percentile), held in −12…2, over 4. */
  readonly energy: Float64Array
}

/** From f0 in Hz (0 unvoiced) and energies, both at 10 ms. `loud` is the file's 95th percentile unless given. */
export function auxiliary(f0: Numbers, frameEnergies: Numbers, loud = loudEnergy(frameEnergies)): Auxiliary {
  return {
    pitch: interpolatedPitch(f0),
    voiced: Float64Array.from(f0, (hz) => (hz > 0 ? 1 : 0)),
    energy: Float64Array.from(
      frameEnergies,
      (energy) => Math.min(Math.max(energy - loud, LOWEST_ENERGY), HIGHEST_ENERGY) / ENERGY_SCALE,
    ),
  }
}

/** The three channels as [3 × frames], channel-major. */
export function auxiliaryChannels({ pitch, voiced, energy }: Auxiliary): Float64Array {
  const channels = new Float64Array(3 * pitch.length)
  channels.set(pitch)
  channels.set(voiced, pitch.length)
  channels.set(energy, 2 * pitch.length)
  return channels
}

function interpolatedPitch(f0: Numbers): Float64Array {
  if (countVoiced(f0) < FEWEST_VOICED_FRAMES)
    return new Float64Array(f0.length).fill(Math.log2(UNVOICED_HZ / REFERENCE_HZ))
  return throughUnvoiced(f0, (hz) => Math.log2(hz / REFERENCE_HZ))
}

export function countVoiced(f0: Numbers): number {
  let count = 0
  for (const hz of f0) if (hz > 0) count++
  return count
}

/**
 * `scale` of f0 where voiced, linearly interpolated across unvoiced frames, the nearest voiced value at the ends.
 * At least one frame must be voiced.
 */
export function throughUnvoiced(f0: Numbers, scale: (hz: number) => number): Float64Array {
  const result = new Float64Array(f0.length)
  let previous = -1
  for (let frame = 0; frame < f0.length; frame++) {
    if (!(f0[frame] > 0)) continue
    result[frame] = scale(f0[frame])
    if (previous < 0) result.fill(result[frame], 0, frame)
    else fillLinearly(result, previous, frame)
    previous = frame
  }
  if (previous >= 0) result.fill(result[previous], previous)
  return result
}

function fillLinearly(values: Float64Array, first: number, last: number): void {
  const slope = (values[last] - values[first]) / (last - first)
  for (let index = first + 1; index < last; index++) values[index] = values[first] + slope * (index - first)
}
