import { barNumbered, barUnder, samplesAt, type SongTime } from '../../shared/units/song-time.ts'
import { beatQuarters, type Meter } from '../../shared/units/tempo.ts'
import type { Samples } from '../../shared/units/time.ts'
import { passesBetween, type Playthrough } from './passes.ts'

/** The first beat of a bar, the first of a group within it, or another one. */
export type Accent = 'bar' | 'group' | 'beat'

export interface Beat {
  readonly atSamples: Samples
  readonly accent: Accent
}

/** Eighths and shorter are counted in threes where they make several: 6/8, 9/8, 12/8. */
const GROUP_BEATS = 3

/** Beats from a position on and before another, each rounded from its exact time. */
export function beatsBetween(from: Samples, until: Samples, time: SongTime): readonly Beat[] {
  const beats: Beat[] = []
  for (let bar = barUnder(time, from); ; bar = barNumbered(time, bar.number + 1)) {
    for (let beat = 0; beat < bar.meter.beatsPerBar; beat++) {
      const atSamples = samplesAt(time, bar.startQuarters + beat * beatQuarters(bar.meter))
      if (atSamples >= until) return beats
      if (atSamples >= from) beats.push({ atSamples, accent: accentOf(beat, bar.meter) })
    }
  }
}

/** A beat in frames of the audio clock. */
export interface Click {
  readonly frame: number
  readonly accent: Accent
}

/** The beats that a play comes to from one frame of the clock on and before another, in every pass of a loop. */
export const clicksBetween = (
  play: Playthrough,
  fromFrame: number,
  untilFrame: number,
  time: SongTime,
): readonly Click[] =>
  passesBetween(play, fromFrame, untilFrame).flatMap((pass) => {
    const from = pass.fromSamples + Math.max(0, fromFrame - pass.frame)
    const until = Math.min(pass.untilSamples, pass.fromSamples + untilFrame - pass.frame)
    return beatsBetween(from, until, time).map(({ atSamples, accent }) => ({
      frame: pass.frame + atSamples - pass.fromSamples,
      accent,
    }))
  })

function accentOf(beat: number, { beatsPerBar, beatUnit }: Meter): Accent {
  if (beat === 0) return 'bar'
  const hasGroups = beatUnit >= 8 && beatsPerBar > GROUP_BEATS && beatsPerBar % GROUP_BEATS === 0
  return hasGroups && beat % GROUP_BEATS === 0 ? 'group' : 'beat'
}
