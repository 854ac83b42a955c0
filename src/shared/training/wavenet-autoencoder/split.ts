import { pitchHopOf, type WaveformClip } from './clip.ts'

export interface WaveformSplit {
  readonly learned: readonly WaveformClip[]
  /** Never learned from: the classifier's accuracy on these tells whether the latent still tells who sings. */
  readonly heldOut: readonly WaveformClip[]
}

/** Of each clip, at its end. */
const HELD_OUT_SHARE = 0.08
/** Fewer tell nothing, and are learned from. */
const FEWEST_FRAMES = 2

/** Holds back the end of each clip that is long enough, in whole hops; what is learned from never reaches into it. */
export function splitWaveforms(clips: readonly WaveformClip[], hop: number): WaveformSplit {
  const cuts = clips.map((clip) => {
    const frames = Math.floor(HELD_OUT_SHARE * Math.floor(clip.levels.length / hop))
    return frames < FEWEST_FRAMES ? clip.levels.length : hop * (Math.floor(clip.levels.length / hop) - frames)
  })
  return {
    learned: clips.map((clip, index) => partOf(clip, 0, cuts[index], hop)),
    heldOut: clips.flatMap((clip, index) => {
      const end = hop * Math.floor(clip.levels.length / hop)
      return cuts[index] < end ? [partOf(clip, cuts[index], end, hop)] : []
    }),
  }
}

function partOf(
  { levels, singerIndex, pitch, samples }: WaveformClip,
  start: number,
  end: number,
  hop: number,
): WaveformClip {
  const pitchHop = pitchHopOf({ hop })
  return {
    levels: levels.subarray(start, end),
    singerIndex,
    pitch: pitch && pitch.subarray(start / pitchHop, Math.floor(end / pitchHop)),
    ...(samples && { samples: samples.subarray(start, end) }),
  }
}
