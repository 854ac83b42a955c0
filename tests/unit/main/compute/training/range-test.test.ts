import { expect, test } from 'vitest'
import { builtKernelsFolder, loadKernels } from '../../../../../src/main/compute/kernels.ts'
import { testRange } from '../../../../../src/main/compute/training/range-test.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { hzToMidi } from '../../../../../src/shared/units/pitch.ts'
import { untrainedSinger } from '../../../../support/singers.ts'
import { sincResample } from '../../../../support/sinc-resample.ts'

test('a scale through the clips’ notes and beyond is sung and measured, each note once and in order', () => {
  const { model } = untrainedSinger()
  const kernels = loadKernels(builtKernelsFolder(), () => {})
  const range = testRange({ model, resample: sincResample, kernels, progress: silentProgress })
  const notes = range.notes.map(({ midi }) => midi)
  expect(notes).toEqual([...notes].sort((a, b) => a - b))
  expect(notes[0]).toBeLessThan(hzToMidi(model.lowestHz))
  expect(notes[notes.length - 1]).toBeGreaterThan(hzToMidi(model.highestHz))
  const inside = range.notes.filter(({ midi }) => midi > hzToMidi(model.lowestHz) && midi < hzToMidi(model.highestHz))
  // The pitch is the source's, whatever the network has learned.
  for (const note of inside) {
    expect(note.pitchErrorCents).toBeLessThan(30)
    expect(note.voicedFraction).toBeGreaterThan(0.8)
  }
  for (const note of range.notes) expect(note.roughness ?? 0).toBeLessThanOrEqual(1)
})
