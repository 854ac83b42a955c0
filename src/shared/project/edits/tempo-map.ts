import { barStart, songTime } from '../../units/song-time.ts'
import { LAST_BAR, type MeterChange, type Tempo, type TempoChange, type TempoMap } from '../../units/tempo.ts'
import type { Samples } from '../../units/time.ts'
import type { Project } from '../model.ts'

/** What changes at one bar: its tempo, its meter or both. */
export interface TempoPlace {
  readonly bar: number
  readonly tempo: TempoChange | null
  readonly meter: MeterChange | null
}

/** Every bar where something changes, in order; the first bar is always one. */
export function tempoPlaces(map: TempoMap): readonly TempoPlace[] {
  const tempos = new Map(map.tempos.map((change) => [change.bar, change]))
  const meters = new Map(map.meters.map((change) => [change.bar, change]))
  const bars = [...new Set([...tempos.keys(), ...meters.keys()])].sort((a, b) => a - b)
  return bars.map((bar) => ({ bar, tempo: tempos.get(bar) ?? null, meter: meters.get(bar) ?? null }))
}

export const placeAt = ({ tempos, meters }: TempoMap, bar: number): TempoPlace => ({
  bar,
  tempo: tempos.find((change) => change.bar === bar) ?? null,
  meter: meters.find((change) => change.bar === bar) ?? null,
})

/** The change that holds in a bar: the last one that does not come after it. */
export const changeIn = <Change extends { readonly bar: number }>(changes: readonly Change[], bar: number): Change =>
  changes.findLast((change) => change.bar <= bar) ?? changes[0]

/** Another tempo or meter from where the one that holds in a bar begins. */
export function changeTempoIn(project: Project, bar: number, next: Partial<Tempo>): Project {
  const { tempos, meters } = project.tempoMap
  const [tempo, meter] = [changeIn(tempos, bar), changeIn(meters, bar)]
  const { bpm = tempo.bpm, beatsPerBar = meter.beatsPerBar, beatUnit = meter.beatUnit } = next
  return withMap(project, {
    tempos: putChange(tempos, tempo.bar, { ...tempo, bpm }),
    meters: putChange(meters, meter.bar, { ...meter, beatsPerBar, beatUnit }),
  })
}

/** Puts what changes at a bar; null takes a change away. At the first bar something always holds: there null keeps it. */
export const setPlace = (project: Project, place: TempoPlace): Project =>
  place.bar >= 1 && place.bar <= LAST_BAR ? withMap(project, put(project.tempoMap, place)) : project

/** The first bar's place stays: there the song begins. */
export const removePlace = (project: Project, bar: number): Project =>
  setPlace(project, { bar, tempo: null, meter: null })

/** The first bar's place stays where it is, and so does one that would come onto another. */
export function movePlace(project: Project, fromBar: number, toBar: number): Project {
  const isFree = !hasPlace(project.tempoMap, toBar) && toBar >= 1 && toBar <= LAST_BAR
  return fromBar > 1 && hasPlace(project.tempoMap, fromBar) && isFree
    ? withMap(project, moved(project.tempoMap, fromBar, toBar))
    : project
}

/** The bar to which a place is moved so that it then stands nearest to a position. */
export function barToMoveTo(project: Project, fromBar: number, position: Samples): number {
  const startAt = (bar: number): Samples =>
    barStart(songTime(moved(project.tempoMap, fromBar, bar), project.rateHz), bar)
  let [before, after] = [1, LAST_BAR]
  while (after - before > 1) {
    const middle = (before + after) >> 1
    if (startAt(middle) <= position) before = middle
    else after = middle
  }
  const isNearer = before === 1 || startAt(after) - position < position - startAt(before)
  return isNearer ? after : before
}

export const hasPlace = ({ tempos, meters }: TempoMap, bar: number): boolean =>
  tempos.some((change) => change.bar === bar) || meters.some((change) => change.bar === bar)

function moved(map: TempoMap, fromBar: number, toBar: number): TempoMap {
  const { tempo, meter } = placeAt(map, fromBar)
  return put(put(map, { bar: fromBar, tempo: null, meter: null }), {
    bar: toBar,
    tempo: tempo && { ...tempo, bar: toBar },
    meter: meter && { ...meter, bar: toBar },
  })
}

const put = ({ tempos, meters }: TempoMap, { bar, tempo, meter }: TempoPlace): TempoMap => ({
  tempos: putChange(tempos, bar, tempo),
  meters: putChange(meters, bar, meter),
})

function putChange<Change extends TempoChange | MeterChange>(
  changes: readonly Change[],
  bar: number,
  change: Change | null,
): readonly Change[] {
  if (!change && (bar === 1 || !changes.some((known) => known.bar === bar))) return changes
  const others = changes.filter((known) => known.bar !== bar)
  return change ? [...others, change].sort((a, b) => a.bar - b.bar) : others
}

/** The same document where nothing changes. */
function withMap(project: Project, map: TempoMap): Project {
  const isSame = areSame(map.tempos, project.tempoMap.tempos) && areSame(map.meters, project.tempoMap.meters)
  return isSame ? project : { ...project, tempoMap: map }
}

const areSame = (left: readonly object[], right: readonly object[]): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right)
