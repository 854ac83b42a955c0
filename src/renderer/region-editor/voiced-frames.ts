import { positionOf, type MelodyPlace } from '../../shared/melody/index.ts'
import { hzToMidi, type Midi } from '../../shared/units/pitch.ts'
import type { Samples } from '../../shared/units/time.ts'

/** A voiced frame of a melody: as it was sung, and as it will be. */
export interface VoicedFrame {
  readonly frame: number
  readonly atSamples: Samples
  readonly midi: Midi
  readonly movedMidi: Midi
}

/** The voiced frames between two positions of the source. */
export function voicedFrames(
  f0Hz: Float32Array,
  shift: Float64Array | null,
  place: MelodyPlace,
  startSamples: Samples,
  endSamples: Samples,
): readonly VoicedFrame[] {
  const frames: VoicedFrame[] = []
  for (let frame = 0; frame < f0Hz.length; frame++) {
    const atSamples = positionOf(frame, place)
    if (atSamples > endSamples) break
    if (!(f0Hz[frame] > 0) || atSamples < startSamples) continue
    const midi = hzToMidi(f0Hz[frame])
    frames.push({ frame, atSamples, midi, movedMidi: midi + (shift?.[frame] ?? 0) })
  }
  return frames
}

/** No voice glides so far in 5 ms: there the tracker took another harmonic. */
const LEAP_SEMITONES = 2

/** Cut where the voice pauses, and where the pitch leaps. */
export function continuousStretches(frames: readonly VoicedFrame[]): readonly (readonly VoicedFrame[])[] {
  const stretches: VoicedFrame[][] = []
  for (const frame of frames) {
    const last = stretches.at(-1)
    const before = last?.[last.length - 1]
    if (last && before?.frame === frame.frame - 1 && Math.abs(frame.midi - before.midi) < LEAP_SEMITONES)
      last.push(frame)
    else stretches.push([frame])
  }
  return stretches
}
