import { expect, test } from 'vitest'
import type { MarkerId } from '../../../../src/shared/base/id.ts'
import {
  addMarker,
  freeMarkerName,
  moveMarker,
  nextMarker,
  removeMarkers,
  renameMarker,
} from '../../../../src/shared/project/edits/markers.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { smallSong } from '../../../support/documents.ts'

// Brands are given in tests.
const [intro, bridge, coda] = ['intro', 'bridge', 'coda'] as MarkerId[]
const marked = (): Project =>
  [
    { id: coda, name: 'Coda', atSamples: 300_000 },
    { id: intro, name: 'Intro', atSamples: 0 },
    { id: bridge, name: 'Bridge', atSamples: 120_000 },
  ].reduce(addMarker, smallSong())
const order = (project: Project) => project.markers.map((marker) => marker.id)

test('markers stand in time order, however they came and wherever one is moved', () => {
  expect(order(marked())).toEqual([intro, bridge, coda])
  expect(order(moveMarker(marked(), intro, 200_000))).toEqual([bridge, intro, coda])
})

test('two markers never stand in one place, and none before the start', () => {
  const song = marked()
  expect(addMarker(song, { id: 'more' as MarkerId, name: 'More', atSamples: 120_000 })).toBe(song)
  expect(moveMarker(song, bridge, 300_000)).toBe(song)
  expect(moveMarker(removeMarkers(song, [intro]), bridge, -5).markers[0].atSamples).toBe(0)
})

test('the next marker is the first one behind, the previous the last one before', () => {
  expect(nextMarker(marked(), 0, 1)?.id).toBe(bridge)
  expect(nextMarker(marked(), 120_000, -1)?.id).toBe(intro)
  expect(nextMarker(marked(), 0, -1)).toBeUndefined()
  expect(nextMarker(marked(), 300_000, 1)).toBeUndefined()
})

test('a marker gets a number of its own until it has a name, and the same name again is no step', () => {
  expect(freeMarkerName(renameMarker(marked(), intro, 'Marker 1'), (number) => `Marker ${number}`)).toBe('Marker 2')
  const song = marked()
  expect(renameMarker(song, intro, 'Intro')).toBe(song)
  expect(removeMarkers(song, ['none' as MarkerId])).toBe(song)
})
