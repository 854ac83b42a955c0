import {
  hasPlace,
  movePlace,
  placeAt,
  removePlace,
  setPlace,
  tempoPlaces,
  type TempoPlace,
} from '../../shared/project/edits/tempo-map.ts'
import { say } from '../messages/say.svelte.ts'
import type { Session } from './Session.svelte.ts'

/** The places of the song where tempo or meter change, with the one that the keyboard is on. */
export class TempoChanges {
  readonly #session: Session
  /** Null: shown as soon as something changes along the song. */
  #wantsRow: boolean | null = $state(null)
  focusedBar: number | null = $state(null)
  /** Counts up when the keyboard should move to the focused place. */
  focusRequest: number = $state(0)
  /** The bar whose fields are open. */
  editingBar: number | null = $state(null)

  constructor(session: Session) {
    this.#session = session
  }

  readonly all: readonly TempoPlace[] = $derived.by(() => tempoPlaces(this.#session.time.map))

  get isRowShown(): boolean {
    return this.#wantsRow ?? this.all.length > 1
  }

  get focused(): TempoPlace | null {
    return this.all.find((place) => place.bar === this.focusedBar) ?? null
  }

  toggleRow(): void {
    this.#wantsRow = !this.isRowShown
  }

  /** Opens the fields of a bar, whether something changes there yet or not. */
  edit(bar: number): void {
    this.#wantsRow = true
    this.focusedBar = bar
    this.editingBar = bar
  }

  /** What was typed for a bar. */
  set(place: TempoPlace): void {
    this.#session.edit(say.tempo.changeStep(place.bar), (project) => setPlace(project, place))
    this.focus(place.bar)
  }

  closeEditor(): void {
    this.editingBar = null
    if (this.focusedBar !== null) this.focus(this.focusedBar)
  }

  /** The nearest bar in a direction that is free for a place; null where there is none. */
  freeBar(from: number, direction: 1 | -1): number | null {
    let bar = from + direction
    while (bar > 1 && hasPlace(this.#session.project.tempoMap, bar)) bar += direction
    return bar > 1 ? bar : null
  }

  /** False where the place has to stay. */
  move(place: TempoPlace, toBar: number): boolean {
    const before = this.#session.project
    const what = `tempo change ${this.all.findIndex(({ bar }) => bar === place.bar)}`
    this.#session.nudge(what, say.tempo.moveStep(place.bar), (project) => movePlace(project, place.bar, toBar))
    if (this.#session.project === before) return false
    this.focus(toBar)
    return true
  }

  toggleRamp({ bar, meter, tempo }: TempoPlace): void {
    if (tempo) this.set({ bar, meter, tempo: { ...tempo, isRamp: !tempo.isRamp } })
  }

  remove(place: TempoPlace): void {
    const index = this.all.findIndex(({ bar }) => bar === place.bar)
    this.#session.edit(say.tempo.removeStep(place.bar), (project) => removePlace(project, place.bar))
    const neighbor = this.all[Math.min(index, this.all.length - 1)]
    if (this.focusedBar === place.bar) this.focus(neighbor.bar)
  }

  /** The tempo change behind a place, to which a ramp would go. */
  nextTempo(bar: number): number | null {
    return this.#session.project.tempoMap.tempos.find((change) => change.bar > bar)?.bpm ?? null
  }

  placeAt(bar: number): TempoPlace {
    return placeAt(this.#session.project.tempoMap, bar)
  }

  /** Brings the keyboard to a place; where nothing changes any more, to the one before it. */
  focus(bar: number): void {
    this.focusedBar = this.all.findLast((place) => place.bar <= bar)?.bar ?? 1
    this.focusRequest++
  }
}
