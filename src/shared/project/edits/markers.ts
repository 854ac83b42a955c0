import type { MarkerId } from '../../base/id.ts'
import type { Samples } from '../../units/time.ts'
import type { Marker, Project } from '../model.ts'

/** Adds a marker; where one stands already nothing changes. */
export const addMarker = (project: Project, marker: Marker): Project =>
  project.markers.some((known) => known.atSamples === marker.atSamples)
    ? project
    : withMarkers(project, [...project.markers, marker])

export const removeMarkers = (project: Project, markerIds: readonly MarkerId[]): Project => {
  const kept = project.markers.filter((marker) => !markerIds.includes(marker.id))
  return kept.length === project.markers.length ? project : { ...project, markers: kept }
}

/** A marker never stands before the song's start, nor where another one is: then it stays. */
export function moveMarker(project: Project, markerId: MarkerId, atSamples: Samples): Project {
  const wanted = Math.max(0, atSamples)
  if (project.markers.some((marker) => marker.atSamples === wanted)) return project
  return changeMarker(project, markerId, (marker) => ({ ...marker, atSamples: wanted }))
}

export const renameMarker = (project: Project, markerId: MarkerId, name: string): Project =>
  changeMarker(project, markerId, (marker) => (marker.name === name ? marker : { ...marker, name }))

/** The first marker behind a position, or the last before it. */
export const nextMarker = (project: Project, atSamples: Samples, direction: 1 | -1): Marker | undefined =>
  direction === 1
    ? project.markers.find((marker) => marker.atSamples > atSamples)
    : project.markers.findLast((marker) => marker.atSamples < atSamples)

/** "Marker 3": the name of the lowest number that no marker has yet. */
export function freeMarkerName(project: Project, nameOf: (number: number) => string): string {
  const names = new Set(project.markers.map((marker) => marker.name))
  for (let number = 1; ; number++) if (!names.has(nameOf(number))) return nameOf(number)
}

function changeMarker(project: Project, markerId: MarkerId, change: (marker: Marker) => Marker): Project {
  const known = project.markers.find((marker) => marker.id === markerId)
  const changed = known && change(known)
  if (!changed || changed === known) return project
  return withMarkers(
    project,
    project.markers.map((marker) => (marker === known ? changed : marker)),
  )
}

const withMarkers = (project: Project, markers: readonly Marker[]): Project => ({
  ...project,
  markers: markers.toSorted((a, b) => a.atSamples - b.atSamples),
})
