import type { Numbers } from '../../dsp/numbers.ts'

/** A stretch of voiced frames; the last is not included. */
export interface VoicedRun {
  readonly startFrame: number
  readonly endFrame: number
}

/** Stretches without an unvoiced frame, of f0 in Hz, 0 unvoiced, that hold at least so many frames. */
export function voicedRuns(f0: Numbers, fewestFrames: number): VoicedRun[] {
  const runs: VoicedRun[] = []
  for (let frame = 0, startFrame = 0; frame <= f0.length; frame++) {
    if (frame < f0.length && f0[frame] > 0) continue
    if (frame > startFrame && frame - startFrame >= fewestFrames) runs.push({ startFrame, endFrame: frame })
    startFrame = frame + 1
  }
  return runs
}
