import { ACTIVE_RANGE, FRAMES_PER_SEC, percentile } from './features.ts'

/** A voiced frame is interior when so many frames on both sides are voiced too, in source and render. */
const INTERIOR_FRAMES = 4
const CENTS_PER_OCTAVE = 1200
const POWER_FLOOR = 1e-12

/** What a frame of 5 ms has to say of a render against its source; `NaN` where the frame says nothing. */
export interface ComparedFrames {
  /** Distance from the expected pitch, cents, of voiced frames among voiced ones. */
  readonly pitchErrorsCents: Float32Array
  /** 1 where one is voiced and the other is not, 0 where both are alike; of frames where the source sounds. */
  readonly voicingDiffers: Float32Array
}

interface HeardFrames {
  /** Hz per frame, 0 where unvoiced. */
  readonly sourceF0: Float32Array
  readonly expectedF0: Float32Array
  readonly renderF0: Float32Array
  /** Mean powers of the source, `stepsPerSec` of them in a second. */
  readonly sourcePowers: Float32Array
  readonly stepsPerSec: number
}

/** Holds the frames of a render against its source's; as many as the shorter of the two has. */
export function compareFrames(heard: HeardFrames): ComparedFrames {
  const { sourceF0, expectedF0, renderF0, sourcePowers, stepsPerSec } = heard
  return {
    pitchErrorsCents: pitchErrors(expectedF0, renderF0),
    voicingDiffers: voicingDiffers(sourceF0, renderF0, sourcePowers, stepsPerSec),
  }
}

function pitchErrors(expected: Float32Array, found: Float32Array): Float32Array {
  const frameCount = Math.min(expected.length, found.length)
  const errors = new Float32Array(frameCount).fill(NaN)
  for (let frame = INTERIOR_FRAMES; frame < frameCount - INTERIOR_FRAMES; frame++) {
    if (isInterior(expected, frame) && isInterior(found, frame))
      errors[frame] = Math.abs(CENTS_PER_OCTAVE * Math.log2(found[frame] / expected[frame]))
  }
  return errors
}

function isInterior(f0: Float32Array, frame: number): boolean {
  for (let near = frame - INTERIOR_FRAMES; near <= frame + INTERIOR_FRAMES; near++) if (!(f0[near] > 0)) return false
  return true
}

function voicingDiffers(
  source: Float32Array,
  render: Float32Array,
  powers: Float32Array,
  stepsPerSec: number,
): Float32Array {
  const stepsPerFrame = stepsPerSec / FRAMES_PER_SEC
  const frameCount = powers.length === 0 ? 0 : Math.min(source.length, render.length)
  const loudness = Float32Array.from({ length: frameCount }, (_, frame) =>
    Math.log(powers[Math.min(frame * stepsPerFrame, powers.length - 1)] + POWER_FLOOR),
  )
  const threshold = percentile(loudness, 95) - ACTIVE_RANGE
  return loudness.map((level, frame) => {
    if (!(level > threshold)) return NaN
    return source[frame] > 0 !== render[frame] > 0 ? 1 : 0
  })
}
