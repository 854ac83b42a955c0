import type { MarkerId } from '../../shared/base/id.ts'
import { addMarker, freeMarkerName, nextMarker, removeMarkers } from '../../shared/project/edits/markers.ts'
import type { Marker } from '../../shared/project/model.ts'
import type { Samples } from '../../shared/units/time.ts'
import { say } from '../messages/say.svelte.ts'
import type { Session } from './Session.svelte.ts'

/** The song's markers with the one that the keyboard is on. */
export class Markers {
  readonly #session: Session
  readonly #mint: () => MarkerId
  focusedId: MarkerId | null = $state(null)
  /** Counts up when the keyboard should move to the focused marker. */
  focusRequest: number = $state(0)

  constructor(session: Session, mint: () => MarkerId) {
    this.#session = session
    this.#mint = mint
  }

  get all(): readonly Marker[] {
    return this.#session.project.markers
  }

  get focused(): Marker | null {
    return this.all.find((marker) => marker.id === this.focusedId) ?? null
  }

  /** Null where a marker stands already. */
  addAt(atSamples: Samples): Marker | null {
    if (this.all.some((marker) => marker.atSamples === atSamples)) return null
    const marker: Marker = {
      id: this.#mint(),
      name: freeMarkerName(this.#session.project, say.timeline.markerName),
      atSamples,
    }
    this.#session.edit(say.edits.addMarker(marker.name), (project) => addMarker(project, marker))
    return marker
  }

  remove(marker: Marker): void {
    const neighbor = this.next(marker.atSamples, 1) ?? this.next(marker.atSamples, -1)
    this.#session.edit(say.edits.remove(marker.name), (project) => removeMarkers(project, [marker.id]))
    if (neighbor && this.focusedId === marker.id) this.focus(neighbor)
  }

  next(atSamples: Samples, direction: 1 | -1): Marker | undefined {
    return nextMarker(this.#session.project, atSamples, direction)
  }

  /** Brings the keyboard to a marker. */
  focus(marker: Marker): void {
    this.focusedId = marker.id
    this.focusRequest++
  }
}
