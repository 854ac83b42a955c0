import { expect, test } from 'vitest'
import type { RegionId } from '../../../../src/shared/base/id.ts'
import { addRegion, newRegion } from '../../../../src/shared/project/edits/regions.ts'
import { regionEnd } from '../../../../src/shared/project/queries.ts'
import { keymap } from '../../../../src/renderer/state/keymap.ts'
import { chorus, leadTrack, singerTrack, smallSong, sourceId, verse } from '../../../support/documents.ts'
import { createTestEditor, settled } from '../../../support/test-editor.ts'

test('every key of the key map is a command of the editor', () => {
  const { editor } = createTestEditor()
  expect(keymap.filter((binding) => editor.command(binding.command) === null)).toEqual([])
})

test('split cuts only what is chosen, and is impossible where the playhead is not in it', () => {
  const { editor } = createTestEditor()
  editor.selection.select([chorus])
  editor.transport.seek(100_000)
  expect(editor.run('split')).toBe(false)
  editor.transport.seek(300_000)
  expect(editor.run('split')).toBe(true)
  expect(Object.keys(editor.session.project.regions)).toHaveLength(3)
  expect(editor.session.project.regions[chorus].durationSamples).toBe(60_000)
  expect(editor.session.project.regions[verse]).toBe(smallSongVerse(editor))
})
const smallSongVerse = (editor: ReturnType<typeof createTestEditor>['editor']) => editor.session.project.regions[verse]

test('splitting and joining again gives the same span', () => {
  const { editor } = createTestEditor()
  const before = editor.session.project.regions[chorus]
  editor.selection.select([chorus])
  editor.transport.seek(300_000)
  editor.run('split')
  editor.run('select-all')
  editor.run('join')
  expect(editor.session.project.regions[chorus]).toEqual(before)
})

test('trimming to the playhead moves the edge there and nothing else', () => {
  const { editor } = createTestEditor()
  editor.selection.select([verse])
  editor.transport.seek(50_000)
  editor.run('trim-start')
  editor.transport.seek(150_000)
  editor.run('trim-end')
  const region = editor.session.project.regions[verse]
  expect([region.startSamples, region.sourceStartSamples, regionEnd(region)]).toEqual([50_000, 50_000, 150_000])
})

test('the focused region is what a command acts on when nothing is selected', () => {
  const { editor } = createTestEditor()
  editor.focusRegion(editor.session.project.regions[verse])
  editor.run('mute-regions')
  expect(editor.session.project.regions[verse].isMuted).toBe(true)
  expect(editor.session.project.regions[chorus].isMuted).toBe(false)
  expect(editor.session.undoLabel).toBe('Mute Verse')
})

test('a nudge goes to the next grid line, a fine one ten milliseconds', () => {
  const { editor } = createTestEditor()
  editor.selection.select([chorus])
  editor.run('nudge-right')
  expect(editor.session.project.regions[chorus].startSamples).toBe(246_000)
  editor.run('nudge-left-fine')
  expect(editor.session.project.regions[chorus].startSamples).toBe(246_000 - 480)
})

test('quick nudges of the same regions are one step; a pause, other regions or an undo begin another', () => {
  const { editor, timers } = createTestEditor()
  const { session, selection } = editor
  const nudge = (times: number) => {
    for (let tap = 0; tap < times; tap++) {
      timers.pass(300)
      editor.run('nudge-right-fine')
    }
  }
  const before = session.project
  selection.select([chorus])
  nudge(5)
  expect(session.project.regions[chorus].startSamples).toBe(240_000 + 5 * 480)
  const moved = session.project
  timers.pass(1000)
  nudge(2)
  selection.select([verse])
  nudge(2)
  session.undo()
  selection.select([chorus])
  session.undo()
  expect(session.project).toBe(moved)
  nudge(1)
  session.undo()
  expect(session.project).toBe(moved)
  session.undo()
  expect(session.project).toBe(before)
  expect(session.undoLabel).toBeNull()
})

test('moving a source down to a singer’s lane lets that singer sing it and keeps the source', () => {
  const { editor } = createTestEditor()
  editor.selection.select([verse])
  editor.run('lane-down')
  const { regions } = editor.session.project
  const sung = Object.values(regions).find((region) => region.trackId === singerTrack)
  expect(regions[verse].trackId).toBe(leadTrack)
  expect(sung).toMatchObject({ replacesRegionId: verse, startSamples: 0, performance: { singerId: 'mira' } })
  expect(editor.stateOf(verse)).toEqual({ kind: 'replaced', by: 'Mira' })
  expect([...editor.selection.ids]).toEqual([sung?.id])
})

test('a sung region can’t go to a lane that plays sources: the reason is said and nothing changes', () => {
  const { editor, said } = createTestEditor()
  editor.selection.select([verse])
  editor.run('lane-down')
  const before = editor.session.project
  editor.run('lane-up')
  expect(editor.session.project).toBe(before)
  expect(said.at(-1)).toContain('plays sources as they are')
})

test('copies land at the playhead with ids of their own', () => {
  const { editor } = createTestEditor()
  editor.selection.select([verse])
  editor.run('copy')
  editor.transport.seek(500_000)
  editor.run('paste')
  const [pasted] = editor.chosenRegions
  expect(pasted).toMatchObject({ startSamples: 500_000, sourceId, trackId: leadTrack })
  expect(pasted.id).not.toBe(verse)
})

test('the loop takes the selection, and L turns it off and on', () => {
  const { editor } = createTestEditor()
  editor.selection.select([chorus])
  editor.run('loop-selection')
  expect(editor.session.project.loop).toEqual({ isOn: true, startSamples: 240_000, endSamples: 480_000 })
  editor.run('toggle-loop')
  expect(editor.session.project.loop.isOn).toBe(false)
})

test('space plays and goes back to where the play began; the full stop goes to zero', async () => {
  const { editor, engine } = createTestEditor()
  editor.transport.seek(1000)
  editor.run('play-stop')
  await settled()
  engine.at = 9000
  editor.frame(0)
  expect(editor.transport.positionSamples).toBe(9000)
  editor.run('play-stop')
  expect(editor.transport.positionSamples).toBe(1000)
  editor.run('stop')
  expect(editor.transport.positionSamples).toBe(0)
})

test('a play stops behind the last region', async () => {
  const { editor, engine } = createTestEditor()
  editor.run('play-stop')
  await settled()
  engine.at = 480_000
  editor.frame(0)
  expect(editor.transport.isPlaying).toBe(false)
})

test('arrows walk along a lane and to the nearest region of the next lane that has any', () => {
  const song = addRegion(
    smallSong(),
    newRegion({
      id: 'high' as RegionId,
      trackId: singerTrack,
      name: 'High',
      sourceId,
      startSamples: 300_000,
      durationSamples: 1000,
    }),
  )
  const { editor } = createTestEditor(song)
  const press = (...commands: string[]) => {
    for (const one of commands) editor.run(one)
    return editor.focusedRegion?.id
  }
  expect(press('focus-right')).toBe(verse)
  expect(press('focus-right')).toBe(chorus)
  expect(press('focus-right')).toBe(chorus)
  expect(press('focus-down')).toBe('high')
  expect(press('focus-up')).toBe(chorus)
})

test('Escape first ends a drag, then a menu, then the selection', () => {
  const { editor } = createTestEditor()
  let isDragging = true
  editor.selection.select([verse])
  editor.requestMenu('region')
  editor.cancelGesture = () => {
    isDragging = false
    editor.cancelGesture = null
  }
  editor.run('cancel')
  expect([isDragging, editor.menu !== null]).toEqual([false, true])
  editor.run('cancel')
  expect([editor.menu, editor.selection.ids.size]).toEqual([null, 1])
  editor.run('cancel')
  expect(editor.selection.ids.size).toBe(0)
})

test('intensity goes in steps of five percent and ends at nothing and at half as much again', () => {
  const { editor } = createTestEditor()
  editor.selection.select([verse])
  editor.run('lane-down')
  for (let press = 0; press < 12; press++) editor.run('intensity-down')
  expect(editor.chosenRegions[0].performance?.emotion.intensity).toBe(0)
  for (let press = 0; press < 35; press++) editor.run('intensity-up')
  expect(editor.chosenRegions[0].performance?.emotion.intensity).toBe(1.5)
})

test('markers are added where the playhead is, walked along, moved by the grid, and removed', () => {
  const { editor, said } = createTestEditor()
  const at = () => editor.session.project.markers.map((marker) => marker.atSamples)
  editor.run('add-marker')
  editor.transport.seek(100_000)
  editor.run('add-marker')
  editor.run('add-marker')
  expect(said.at(-1)).toBe('A marker stands here already.')
  expect(editor.markers.all.map((marker) => marker.name)).toEqual(['Marker 1', 'Marker 2'])
  editor.run('previous-marker')
  expect(editor.transport.positionSamples).toBe(0)
  editor.run('next-marker')
  expect(editor.transport.positionSamples).toBe(100_000)
  editor.markers.focus(editor.markers.all[1])
  editor.run('marker-nudge-right')
  expect(at()).toEqual([0, 102_000])
  editor.run('marker-loop')
  expect(editor.session.project.loop).toEqual({ isOn: true, startSamples: 102_000, endSamples: 480_000 })
  editor.run('marker-remove')
  expect(at()).toEqual([0])
  expect(editor.markers.focused?.name).toBe('Marker 1')
})

test('a crossfade lets neighbors overlap by ten milliseconds, and undo takes it back at once', () => {
  const { editor } = createTestEditor()
  const before = editor.session.project
  editor.selection.select([verse])
  editor.transport.seek(100_000)
  editor.run('split')
  editor.run('select-all')
  expect(editor.run('crossfade')).toBe(true)
  const lane = Object.values(editor.session.project.regions)
    .filter((region) => region.name === 'Verse')
    .sort((a, b) => a.startSamples - b.startSamples)
  expect(regionEnd(lane[0]) - lane[1].startSamples).toBe(480)
  expect(lane[1].sourceStartSamples - lane[0].sourceStartSamples).toBe(lane[1].startSamples - lane[0].startSamples)
  editor.run('undo')
  editor.run('undo')
  expect(editor.session.project).toBe(before)
})

test('a fade reaches to the playhead or from it, and both are taken away together', () => {
  const { editor } = createTestEditor()
  editor.selection.select([verse])
  editor.transport.seek(50_000)
  editor.run('fade-in-to-playhead')
  editor.transport.seek(160_000)
  editor.run('fade-out-from-playhead')
  const fades = () => {
    const { fadeInSamples, fadeOutSamples } = editor.session.project.regions[verse]
    return [fadeInSamples, fadeOutSamples]
  }
  expect(fades()).toEqual([50_000, 40_000])
  editor.run('no-fades')
  expect(fades()).toEqual([0, 0])
})

test('F2 names the focused track where no region is chosen, and the track moves by key', () => {
  const { editor } = createTestEditor()
  editor.selection.focusTrack(singerTrack)
  editor.run('rename')
  expect(editor.renaming).toEqual({ kind: 'track', id: singerTrack })
  editor.run('track-up')
  expect(editor.session.project.tracks.map((track) => track.id)).toEqual([singerTrack, leadTrack])
})
