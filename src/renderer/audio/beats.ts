import { beatSeconds, type Tempo } from '../../shared/units/tempo.ts'
import { secondsToSamples, type Hertz, type Samples } from '../../shared/units/time.ts'

export interface Beat {
  readonly atSamples: Samples
  readonly isBar: boolean
}

/** Beats from a position on and before another, each rounded from its exact time. */
export function beatsBetween(from: Samples, until: Samples, tempo: Tempo, rateHz: Hertz): readonly Beat[] {
  const beatSec = beatSeconds(tempo)
  const beats: Beat[] = []
  for (let index = Math.ceil(from / rateHz / beatSec - 1e-9); ; index++) {
    const atSamples = secondsToSamples(index * beatSec, rateHz)
    if (atSamples >= until) return beats
    if (atSamples >= from) beats.push({ atSamples, isBar: index % tempo.beatsPerBar === 0 })
  }
}
