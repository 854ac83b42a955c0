import type { Samples } from '../../shared/units/time.ts'

/** One run over a span of the timeline, placed in frames of the audio clock. Loops are runs that follow each other. */
export interface Pass {
  readonly index: number
  /** Frame of the audio clock at which `fromSamples` sounds. */
  readonly frame: number
  readonly fromSamples: Samples
  /** Infinity for a run without an end. */
  readonly untilSamples: Samples
}

export interface LoopSpan {
  readonly startSamples: Samples
  readonly endSamples: Samples
}

/** A play that begins at a position; with a loop ahead it comes back to the loop's start for ever. */
export interface Playthrough {
  readonly frame: number
  readonly fromSamples: Samples
  /** Infinity where it has no end; a play with an end takes no loop. */
  readonly untilSamples: Samples
  readonly loop: LoopSpan | null
}

/** A loop holds a playhead that starts before its end; one behind the playhead is ignored. */
export const playthrough = (
  frame: number,
  fromSamples: Samples,
  loop: LoopSpan | null,
  untilSamples: Samples = Infinity,
): Playthrough => ({
  frame,
  fromSamples,
  untilSamples,
  loop:
    loop && untilSamples === Infinity && loop.endSamples > loop.startSamples && fromSamples < loop.endSamples
      ? loop
      : null,
})

export function passAt(play: Playthrough, index: number): Pass {
  const { fromSamples, untilSamples } = play
  if (!play.loop) return { index: 0, frame: play.frame, fromSamples, untilSamples }
  const { startSamples, endSamples } = play.loop
  if (index === 0) return { index, frame: play.frame, fromSamples: play.fromSamples, untilSamples: endSamples }
  const first = play.frame + endSamples - play.fromSamples
  return {
    index,
    frame: first + (index - 1) * (endSamples - startSamples),
    fromSamples: startSamples,
    untilSamples: endSamples,
  }
}

/** Passes that begin before a frame of the clock and end after another. */
export function passesBetween(play: Playthrough, fromFrame: number, untilFrame: number): readonly Pass[] {
  if (!play.loop) return [passAt(play, 0)]
  const passes: Pass[] = []
  for (let index = passIndexAt(play, fromFrame); ; index++) {
    const pass = passAt(play, index)
    if (pass.frame >= untilFrame) return passes
    passes.push(pass)
  }
}

export function passIndexAt(play: Playthrough, frame: number): number {
  if (!play.loop) return 0
  const first = play.frame + play.loop.endSamples - play.fromSamples
  if (frame < first) return 0
  return 1 + Math.floor((frame - first) / (play.loop.endSamples - play.loop.startSamples))
}

/** Position of the timeline that sounds at a frame of the clock. */
export function positionAt(play: Playthrough, frame: number): Samples {
  const pass = passAt(play, passIndexAt(play, frame))
  return Math.max(pass.fromSamples, pass.fromSamples + frame - pass.frame)
}
