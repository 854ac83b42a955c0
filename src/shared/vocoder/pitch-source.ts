import {
  FRAME_SAMPLES,
  GROUP,
  PHASE_CHANNELS,
  PHASE_MULTIPLES,
  SOURCE_FILTER_RATE_HZ,
} from '../networks/source-filter/config.ts'

/** Harmonics reach up to here. */
const HIGHEST_HZ = 7600
/** Nearer to a pulse's middle than this its closed form loses digits. */
const LEAST_SINE = 1e-9

/** The pitch of each sample. */
export interface PitchCourse {
  /** Hz, 0 where unvoiced. */
  readonly hz: Float64Array
  /** Periods since the beginning, which stand still where unvoiced. */
  readonly cycles: Float64Array
}

/** A pitch that can be read anywhere: the same numbers however a sound is cut. */
export type ReadPitch = (startSamples: number, count: number) => PitchCourse

/**
 * The pitch between frames: straight lines between voiced ones; beside an unvoiced one it is held for half the way.
 * @param f0 Hz for every 5 ms, 0 unvoiced; held beyond its last frame
 */
export function createPitchCourse(f0: Float64Array): ReadPitch {
  const last = f0.length - 1
  const at = (frame: number) => f0[Math.min(frame, last)]
  const starts = new Float64Array(f0.length + 1)
  for (let frame = 0; frame < f0.length; frame++)
    starts[frame + 1] = starts[frame] + cyclesWithin(at(frame), at(frame + 1), FRAME_SAMPLES)
  const lastStep = f0.length === 0 ? 0 : starts[f0.length] - starts[last]
  const startOf = (frame: number) =>
    frame <= f0.length ? starts[frame] : starts[f0.length] + (frame - f0.length) * lastStep
  return (startSamples, count) => {
    const hz = new Float64Array(count)
    const cycles = new Float64Array(count)
    for (let index = 0; index < count; index++) {
      const frame = Math.floor((startSamples + index) / FRAME_SAMPLES)
      const sample = startSamples + index - frame * FRAME_SAMPLES
      const [before, after] = [at(frame), at(frame + 1)]
      hz[index] = hzWithin(before, after, sample)
      cycles[index] = startOf(frame) + cyclesWithin(before, after, sample)
    }
    return { hz, cycles }
  }
}

/**
 * The pitch of one sample, as the course has it: Hz, 0 where unvoiced.
 * @param sample before the first one the first one's
 */
export function pitchAt(f0: Float64Array, sample: number): number {
  const held = Math.max(sample, 0)
  const frame = Math.floor(held / FRAME_SAMPLES)
  const at = (wanted: number) => f0[Math.min(wanted, f0.length - 1)]
  return hzWithin(at(frame), at(frame + 1), held - frame * FRAME_SAMPLES)
}

function hzWithin(before: number, after: number, sample: number): number {
  if (before > 0 && after > 0) return before + ((after - before) * sample) / FRAME_SAMPLES
  return sample < FRAME_SAMPLES / 2 ? before : after
}

/** The sum of `hzWithin` over the samples before, in periods. */
function cyclesWithin(before: number, after: number, sample: number): number {
  const half = FRAME_SAMPLES / 2
  const sum =
    before > 0 && after > 0
      ? before * sample + ((after - before) * sample * (sample - 1)) / (2 * FRAME_SAMPLES)
      : before * Math.min(sample, half) + after * Math.max(sample - half, 0)
  return sum / SOURCE_FILTER_RATE_HZ
}

/** Σ cos kφ over all harmonics up to 7.6 kHz, of power 1; 0 where unvoiced. */
export function pulseTrain({ hz, cycles }: PitchCourse): Float32Array {
  return Float32Array.from(hz, (pitch, index) => {
    if (pitch === 0) return 0
    const harmonics = Math.max(Math.floor(HIGHEST_HZ / pitch), 1)
    const half = Math.PI * (cycles[index] - Math.floor(cycles[index]))
    const sine = Math.sin(half)
    const sum = Math.abs(sine) < LEAST_SINE ? harmonics : Math.sin((2 * harmonics + 1) * half) / (2 * sine) - 0.5
    return Math.sqrt(2 / harmonics) * sum
  })
}

/** Sine and cosine of multiples of the phase in the middle of each group of eight samples; 0 where unvoiced. */
export function phaseRows({ hz, cycles }: PitchCourse): Float32Array {
  const rows = new Float32Array((hz.length / GROUP) * PHASE_CHANNELS)
  for (let group = 0; group < hz.length / GROUP; group++) {
    const middle = group * GROUP + GROUP / 2
    if (hz[middle] === 0) continue
    PHASE_MULTIPLES.forEach((multiple, index) => {
      const turns = multiple * cycles[middle]
      const angle = 2 * Math.PI * (turns - Math.floor(turns))
      rows[group * PHASE_CHANNELS + 2 * index] = Math.sin(angle)
      rows[group * PHASE_CHANNELS + 2 * index + 1] = Math.cos(angle)
    })
  }
  return rows
}
