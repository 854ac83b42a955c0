import { expect, test } from 'vitest'
import type { RegionId, RenderKey } from '../../../../src/shared/base/id.ts'
import type { PeakLevel } from '../../../../src/shared/dsp/peaks.ts'
import { setRender, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { arrangementOf } from '../../../../src/renderer/state/arrangement.ts'
import { takeWords, useWords } from '../../../../src/renderer/state/take-words.ts'
import { drawnSound, soundColumns } from '../../../../src/renderer/timeline/region-wave.ts'
import { countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'
import { createTestEditor } from '../../../support/test-editor.ts'

const sung = 'r1' as RegionId // what `countingIds` mints first

/** Mira sings the verse in three takes; the newest is heard. */
function editorWithTakes() {
  let song = singRegions(smallSong(), [verse], singerTrack, mira, countingIds())
  for (const digit of ['1', '2', '3']) {
    song = setRender(song, sung, {
      key: digit.repeat(64) as RenderKey, // brands are given in tests
      sourceStartSamples: 0,
      durationSamples: 480_000,
      performance: defaultPerformance(mira),
      singerDigest: 'digest-of-mira',
      semitones: 0,
    })
  }
  const made = createTestEditor(song)
  made.editor.selection.select([sung])
  const region = () => made.editor.session.project.regions[sung]
  return { ...made, region, heard: () => region().render?.key[0] }
}

test('a digit takes its take, T goes to the next and around the end, each a step of its own', () => {
  const { editor, said, heard } = editorWithTakes()
  editor.run('take-1')
  expect(heard()).toBe('1')
  editor.run('previous-take')
  expect(heard()).toBe('3')
  editor.run('next-take')
  expect([heard(), said.at(-1)]).toEqual(['1', 'Take 1 of 3.'])
  expect(editor.run('take-7')).toBe(false)
  for (let step = 0; step < 3; step++) editor.session.undo()
  expect(heard()).toBe('3')
})

test('after a cut a digit takes its take where the playhead stands, and what is flattened plays as it did', () => {
  const { editor, region } = editorWithTakes()
  editor.transport.seek(100_000)
  editor.run('cut-takes')
  editor.transport.seek(150_000)
  editor.run('take-1')
  expect(region().comp.map((span) => span.takeNumber)).toEqual([3, 1])
  expect([3, 1, 2].map((number) => useWords(region(), number))).toEqual(['used in part', 'used in part', 'not used'])
  const [comped] = arrangementOf(editor.session.project).parts.filter((part) => part.id === sung)
  expect(comped.takes.map((take) => [take.startSamples, take.endSamples])).toEqual([
    [0, 100_240],
    [99_760, 200_000],
  ])
  editor.run('flatten-takes')
  const flat = arrangementOf(editor.session.project).parts.filter((part) => part.stripId === singerTrack)
  expect(flat.map((part) => [part.startSamples, part.startSamples + part.durationSamples])).toEqual([
    [0, 100_240],
    [99_760, 200_000],
  ])
})

test('the wave of a comp is drawn from take after take', () => {
  const { editor, region } = editorWithTakes()
  editor.transport.seek(100_000)
  editor.run('cut-takes')
  editor.run('take-1')
  const sound = drawnSound(editor.session.project, region(), 'converted')
  const level = (value: number): PeakLevel => {
    const values = new Int16Array(7500).fill(value)
    return { binSamples: 64, min: values.map((one) => -one), max: values, rms: values }
  }
  const columns = soundColumns(
    sound,
    (id) => ({ durationSamples: 480_000, levels: [level(id.endsWith('1') ? 32_767 : 16_384)] }),
    { first: 0, width: 200, samplesPerColumn: 1000 },
  )
  expect([columns[99].max, columns[101].max].map((value) => Math.round(value * 2) / 2)).toEqual([0.5, 1])
  expect(drawnSound(editor.session.project, region(), 'original').isConverted).toBe(false)
})

test('a take says who sings it, and how', () => {
  const { editor, region } = editorWithTakes()
  const [take] = region().takes
  const sad = { ...take.render.performance, emotion: { emotionId: 'sad', intensity: 0.6 } }
  expect(takeWords(take, editor.catalog)).toBe('Mira, neutral')
  expect(takeWords({ ...take, render: { ...take.render, performance: sad } }, editor.catalog)).toBe('Mira, sad 60')
})
