import { describe, expect, test } from 'vitest'
import type { RegionId } from '../../../../src/shared/base/id.ts'
import type { Curve } from '../../../../src/shared/project/curve.ts'
import { changeCurve } from '../../../../src/shared/project/edits/curves.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { pressPointKey } from '../../../../src/renderer/timeline/curves/curve-keys.ts'
import { snapValue, valueAtY, yOfValue } from '../../../../src/renderer/timeline/curves/curve-view.ts'
import { laneTopPx, trackAtY } from '../../../../src/renderer/timeline/lanes.ts'
import { curveScales } from '../../../../src/shared/project/curve-parameters.ts'
import { countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'
import { createTestEditor } from '../../../support/test-editor.ts'

const drawn: Curve = [
  { atSamples: 0, value: 0.2 },
  { atSamples: 96_000, value: 0.8 },
]
const sung = 'r1' as RegionId // what `countingIds` mints first

function sungEditor(curve: Curve | null = drawn) {
  const song = singRegions(smallSong(), [verse], singerTrack, mira, countingIds())
  const { editor } = createTestEditor(changeCurve(song, [sung], 'intensity', () => curve))
  const press = (key: string, index: number | null, shiftKey = false): boolean =>
    pressPointKey(
      editor,
      { region: editor.session.project.regions[sung], parameter: 'intensity', index },
      { key, shiftKey, ctrlKey: false, metaKey: false, altKey: false },
    )
  const curveNow = (): Curve | null => editor.session.project.regions[sung].performance?.curves.intensity ?? null
  return { editor, press, curveNow }
}

describe('a corner by keyboard', () => {
  test('rises and falls by a step of the scale, with Shift by a fine one, and a run of presses is one step back', () => {
    const { editor, press, curveNow } = sungEditor()
    press('ArrowUp', 1)
    press('ArrowUp', 1)
    press('ArrowDown', 1, true)
    expect(curveNow()?.[1].value).toBe(0.89)
    editor.session.undo()
    expect(curveNow()).toEqual(drawn)
  })

  test('goes to the next line of the grid, and never past its neighbor', () => {
    const { press, curveNow } = sungEditor()
    press('ArrowLeft', 1)
    expect(curveNow()?.[1].atSamples).toBe(90_000)
    for (let count = 0; count < 40; count++) press('ArrowLeft', 1)
    expect(curveNow()?.[1].atSamples).toBe(1)
  })

  test('Enter adds one half-way that changes no value, Delete removes it, and the last one leaves the constant', () => {
    const { editor, press, curveNow } = sungEditor()
    editor.transport.seek(0)
    press('Enter', 0)
    expect(curveNow()).toEqual([drawn[0], { atSamples: 48_000, value: 0.5 }, drawn[1]])
    expect(editor.subLanes.focusedPoint).toEqual({ regionId: sung, parameter: 'intensity', index: 1 })
    for (const index of [1, 0, 0]) press('Delete', index)
    expect(curveNow()).toBeNull()
  })

  test('Enter on a curve without any adds the first where the playhead stands, at the constant', () => {
    const { editor, press, curveNow } = sungEditor(null)
    editor.transport.seek(12_345)
    press('Enter', null)
    expect(curveNow()).toEqual([{ atSamples: 12_345, value: 0.6 }])
  })

  test('Page Down and End go to others', () => {
    const { editor, press } = sungEditor()
    press('PageDown', 0)
    expect(editor.subLanes.focusedPoint?.index).toBe(1)
    press('Home', 1)
    expect(editor.subLanes.focusedPoint?.index).toBe(0)
  })

  test('leaves the keys of the song alone', () => {
    const { press } = sungEditor()
    expect([press(' ', 0), press('c', 0)]).toEqual([false, false])
  })
})

test('a height and its value are the same place', () => {
  const scale = curveScales.formant
  for (const value of [-6, -1.5, 0, 6]) expect(valueAtY(yOfValue(value, scale, 55), scale, 55)).toBeCloseTo(value, 3)
  expect(snapValue(0.62, curveScales.intensity)).toBe(0.6)
})

test('a lane stands below everything above it, and what is below a track belongs to it', () => {
  const { editor } = sungEditor()
  const { project } = editor.session
  const plain = laneTopPx(editor, project, 2)
  editor.subLanes.showsCurves = true
  expect(laneTopPx(editor, project, 2) - plain).toBe(56)
  expect(trackAtY(editor, project, plain + 20)?.id).toBe(singerTrack)
  expect(trackAtY(editor, project, plain + 60)).toBeUndefined()
})

test('a track shows the curves that are drawn, or those that were chosen', () => {
  const { editor } = sungEditor()
  const { project } = editor.session
  const track = project.tracks[1]
  const regions = Object.values(project.regions).filter((region) => region.trackId === track.id)
  const shown = () => editor.subLanes.curvesOf(track, regions)
  expect(shown()).toEqual([])
  editor.subLanes.showCurve(track, regions, 'formant')
  expect(shown()).toEqual(['formant'])
  editor.subLanes.toggleCurve(track, regions, 'intensity')
  expect(shown()).toEqual(['intensity', 'formant'])
  editor.subLanes.toggleCurve(track, regions, 'formant')
  expect(shown()).toEqual(['intensity'])
})
