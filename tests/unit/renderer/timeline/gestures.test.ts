import { expect, test } from 'vitest'
import { moveRegionsGesture } from '../../../../src/renderer/timeline/gestures/move-regions.ts'
import { trimRegionGesture } from '../../../../src/renderer/timeline/gestures/trim-region.ts'
import { fadeRegionGesture } from '../../../../src/renderer/timeline/gestures/fade-region.ts'
import { marqueeGesture } from '../../../../src/renderer/timeline/gestures/marquee.ts'
import { loopGesture, loopGripAt } from '../../../../src/renderer/timeline/gestures/loop-span.ts'
import type { GesturePoint } from '../../../../src/renderer/timeline/gestures/gesture.ts'
import { TimelineUi } from '../../../../src/renderer/timeline/TimelineUi.svelte.ts'
import { chorus, singerTrack, verse } from '../../../support/documents.ts'
import { createTestEditor } from '../../../support/test-editor.ts'

const at = (xPx: number, yPx = 40, given: Partial<GesturePoint> = {}): GesturePoint => ({
  xPx,
  yPx,
  isFree: false,
  isCopy: false,
  ...given,
})

/** A hundred samples per pixel: the verse is 2000 px wide, the chorus begins at 2400. */
function scene() {
  const test = createTestEditor()
  test.editor.viewport.samplesPerPx = 100
  test.editor.selection.select([chorus])
  const start = { editor: test.editor, ui: new TimelineUi(), origin: at(2500) }
  return { ...test, start, region: test.editor.session.project.regions[chorus] }
}

test('a drag that comes back to where it began leaves no step', () => {
  const { editor, start, region } = scene()
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(2900))
  gesture.move(at(2500))
  gesture.end()
  expect(editor.session.undoLabel).toBeNull()
})

test('a drag is held by the grid, Shift lets go of it, and only the total distance counts', () => {
  const { editor, start, region } = scene()
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(2571))
  expect(editor.session.project.regions[chorus].startSamples).toBe(246_000)
  gesture.move(at(2571, 40, { isFree: true }))
  expect(editor.session.project.regions[chorus].startSamples).toBe(247_100)
  gesture.end()
  expect(editor.session.undoLabel).toBe('Move Chorus')
})

test('a cancelled drag leaves no trace', () => {
  const { editor, start, region } = scene()
  const before = editor.session.project
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(3000))
  gesture.cancel()
  expect(editor.session.project).toBe(before)
})

test('regions dragged together keep their spacing and stop at the song’s start', () => {
  const { editor, start, region } = scene()
  editor.selection.select([verse, chorus])
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(100))
  gesture.end()
  expect(editor.session.project.regions[chorus].startSamples).toBe(240_000)
})

test('toward a singer’s lane outlines say who would sing, and the drop lets that singer sing', () => {
  const { editor, start, region } = scene()
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(2500, 120))
  expect(start.ui.ghosts).toMatchObject([{ trackId: singerTrack, label: 'Mira', startSamples: 240_000 }])
  expect(Object.keys(editor.session.project.regions)).toHaveLength(2)
  gesture.end()
  const sung = editor.chosenRegions[0]
  expect(sung).toMatchObject({ trackId: singerTrack, replacesRegionId: chorus, startSamples: 240_000 })
  expect(editor.session.undoLabel).toBe('Sing with Mira: Chorus')
  editor.session.undo()
  expect(Object.keys(editor.session.project.regions)).toHaveLength(2)
})

test('a sung region over a source lane is refused with a reason, and the drop changes nothing', () => {
  const { editor, start, said } = scene()
  editor.run('lane-down')
  const [sung] = editor.chosenRegions
  const before = editor.session.project
  const gesture = moveRegionsGesture(sung)({ ...start, origin: at(2500, 120) })
  gesture.move(at(2500, 40))
  expect(start.ui.refusal).toContain('plays sources as they are')
  gesture.end()
  expect(editor.session.project).toBe(before)
  expect(said.at(-1)).toContain('plays sources as they are')
})

test('with Ctrl a copy is dragged and the original stays', () => {
  const { editor, start, region } = scene()
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(2500 + 2400, 40, { isCopy: true }))
  gesture.end()
  const starts = Object.values(editor.session.project.regions).map((one) => one.startSamples)
  expect(starts.sort((a, b) => a - b)).toEqual([0, 240_000, 480_000])
})

test('a copy is what one has in hand afterwards', () => {
  const { editor, start, region } = scene()
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(2500 + 2400, 40, { isCopy: true }))
  gesture.end()
  expect(editor.chosenRegions.map((one) => one.startSamples)).toEqual([480_000])
})

test('regions of several lanes keep their distance, and one that has no lane there refuses them all', () => {
  const { editor, start, region, said } = scene()
  editor.run('lane-down')
  const [sung] = editor.chosenRegions
  editor.selection.select([chorus, sung.id])
  const before = editor.session.project
  const gesture = moveRegionsGesture(region)(start)
  gesture.move(at(2500, 120))
  expect(start.ui.refusal).toContain('no lane')
  gesture.end()
  expect(editor.session.project).toBe(before)
  expect(said.at(-1)).toContain('no lane')
})

test('below the lanes a region gets a track of its own, sung by who sings it', () => {
  const { editor, start, region } = scene()
  const down = moveRegionsGesture(region)(start)
  down.move(at(2500, 400))
  expect(start.ui.targetTrackId).toBe('new')
  down.end()
  expect(editor.session.project.tracks.at(-1)).toMatchObject({ kind: 'source', name: 'Chorus' })
  expect(editor.session.project.regions[chorus].trackId).toBe(editor.session.project.tracks.at(-1)?.id)
  expect(editor.session.undoLabel).toBe('Move Chorus')
})

test('an edge can be drawn in to the grid and never out of its source', () => {
  const { editor, start, region } = scene()
  const gesture = trimRegionGesture(region, 'end')({ ...start, origin: at(4800) })
  gesture.move(at(4671))
  expect(editor.session.project.regions[chorus].durationSamples).toBe(228_000)
  gesture.move(at(9000))
  expect(editor.session.project.regions[chorus].durationSamples).toBe(240_000)
  gesture.end()
  expect(editor.session.undoLabel).toBeNull()
})

test('two fades share the region and never overlap', () => {
  const { editor, start, region } = scene()
  const fadeIn = fadeRegionGesture(region, 'in')(start)
  fadeIn.move(at(2500 + 2000))
  fadeIn.end()
  const fadeOut = fadeRegionGesture(editor.session.project.regions[chorus], 'out')(start)
  fadeOut.move(at(2500 - 2000))
  fadeOut.end()
  const faded = editor.session.project.regions[chorus]
  expect([faded.fadeInSamples, faded.fadeOutSamples]).toEqual([200_000, 40_000])
})

test('a marquee selects what it touches, and a cancel brings the old selection back', () => {
  const { editor, start } = scene()
  const gesture = marqueeGesture({ ...start, origin: at(100, 10) })
  gesture.move(at(500, 60))
  expect([...editor.selection.ids]).toEqual([verse])
  gesture.move(at(3000, 60))
  expect([...editor.selection.ids]).toEqual([verse, chorus])
  gesture.cancel()
  expect([...editor.selection.ids]).toEqual([chorus])
})

test('a loop is drawn from grid line to grid line, in either direction', () => {
  const { editor, start } = scene()
  const gesture = loopGesture('new')({ ...start, origin: at(1000) })
  gesture.move(at(20))
  gesture.end()
  expect(editor.session.project.loop).toEqual({ isOn: true, startSamples: 0, endSamples: 102_000 })
})

test('the ends of a loop can be taken hold of, and its middle moves it', () => {
  const loop = { isOn: true, startSamples: 1000, endSamples: 9000 }
  const grips = [8, 50, 88, 97].map((x) => loopGripAt(x, loop, (position) => position / 100))
  expect(grips).toEqual(['start', 'whole', 'end', 'new'])
})
