import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  constantOf,
  curveOf,
  curveParameters,
  curveScales,
  parameterValue,
} from '../../../../src/shared/project/curve-parameters.ts'
import { curveValue, type Curve } from '../../../../src/shared/project/curve.ts'
import {
  changeCurve,
  copyCurve,
  curveWithin,
  drawStretch,
  keptValue,
  movePoint,
  pasteCurve,
  putPoint,
  removePoint,
  simplified,
} from '../../../../src/shared/project/edits/curves.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { trimRegionStart } from '../../../../src/shared/project/edits/regions.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { parseProject } from '../../../../src/shared/project/parse.ts'
import { chorus, countingIds, jonas, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'

const scale = { least: 0, most: 1.5 }
const position = fc.integer({ min: 0, max: 100_000 })
const value = fc.double({ min: 0, max: 1.5, noNaN: true }).map((raw) => keptValue(raw, scale))
const curve: fc.Arbitrary<Curve> = fc
  .uniqueArray(fc.record({ atSamples: position, value }), {
    minLength: 1,
    maxLength: 12,
    selector: (one) => one.atSamples,
  })
  .map((points) => points.toSorted((a, b) => a.atSamples - b.atSamples))
const isInOrder = (points: Curve): boolean =>
  points.every((point, index) => index === 0 || points[index - 1].atSamples < point.atSamples)

/** The song with two regions of Mira, each with another singer to blend in. */
function sungSong(): Project {
  const song = singRegions(smallSong(), [verse, chorus], singerTrack, mira, countingIds())
  const blend = [{ singerId: jonas, weight: 0.25, curve: null }]
  const regions = Object.entries(song.regions).map(([id, region]) => [
    id,
    region.performance ? { ...region, performance: { ...region.performance, blend } } : region,
  ])
  return { ...song, regions: Object.fromEntries(regions) }
}
const [first, second] = Object.values(sungSong().regions)
  .filter((region) => region.performance !== null)
  .map((region) => region.id)

test('a corner that was put is there, the others stay, and the order holds', () => {
  fc.assert(
    fc.property(curve, position, value, (points, atSamples, put) => {
      const next = putPoint(points, { atSamples, value: put })
      expect(curveValue(next, atSamples)).toBe(put)
      expect(isInOrder(next)).toBe(true)
      for (const point of points) if (point.atSamples !== atSamples) expect(next).toContainEqual(point)
    }),
  )
})

test('a corner that is put and removed leaves the curve as it was', () => {
  fc.assert(
    fc.property(curve, position, value, (points, atSamples, put) => {
      fc.pre(points.every((point) => point.atSamples !== atSamples))
      const next = putPoint(points, { atSamples, value: put })
      expect(
        removePoint(
          next,
          next.findIndex((point) => point.atSamples === atSamples),
        ),
      ).toEqual(points)
    }),
  )
})

test('without its last corner nothing is drawn', () => {
  expect(removePoint([{ atSamples: 5, value: 1 }], 0)).toBeNull()
  expect(removePoint(null, 0)).toBeNull()
})

test('a corner that is moved anywhere stays between its neighbors', () => {
  fc.assert(
    fc.property(curve, fc.nat(11), fc.integer({ min: -50_000, max: 200_000 }), value, (points, index, to, moved) => {
      const next = movePoint(points, index, { atSamples: to, value: moved })
      expect(isInOrder(next)).toBe(true)
      expect(next).toHaveLength(points.length)
      expect(next.every((point) => point.atSamples >= 0)).toBe(true)
      if (points[index]) expect(next[index].value).toBe(moved)
    }),
  )
})

test('what is drawn counts between its ends, and outside of them every value stays as it was', () => {
  fc.assert(
    fc.property(fc.option(curve), curve, fc.array(position, { minLength: 20, maxLength: 20 }), (old, drawn, probes) => {
      const next = drawStretch(old, drawn, 0.6)
      const [start, end] = [drawn[0].atSamples, drawn[drawn.length - 1].atSamples]
      expect(isInOrder(next)).toBe(true)
      for (const at of probes) {
        const wanted = at >= start && at <= end ? curveValue(drawn, at) : old ? curveValue(old, at) : 0.6
        expect(curveValue(next, at)).toBeCloseTo(wanted, 3)
      }
    }),
  )
})

test('what a hand drew keeps every value within the tolerance, with no more corners than before', () => {
  fc.assert(
    fc.property(curve, fc.double({ min: 0, max: 0.5, noNaN: true }), (drawn, tolerance) => {
      const simple = simplified(drawn, tolerance)
      expect(simple.length).toBeLessThanOrEqual(drawn.length)
      for (const point of drawn)
        expect(Math.abs(curveValue(simple, point.atSamples) - point.value)).toBeLessThanOrEqual(tolerance + 1e-9)
    }),
  )
})

test('a part of a curve has the values of the whole', () => {
  fc.assert(
    fc.property(curve, position, position, (points, a, b) => {
      fc.pre(a !== b)
      const part = curveWithin(points, Math.min(a, b), Math.max(a, b))
      expect(isInOrder(part)).toBe(true)
      for (const share of [0, 0.3, 0.8, 1]) {
        const at = Math.min(a, b) + share * Math.abs(a - b)
        expect(curveValue(part, at)).toBeCloseTo(curveValue(points, at), 3)
      }
    }),
  )
})

test('every parameter is drawn in its own place, and a document with all of them is one that opens', () => {
  let song = sungSong()
  for (const parameter of curveParameters) {
    const { most } = curveScales[parameter]
    song = changeCurve(song, [first], parameter, (drawn) => putPoint(drawn, { atSamples: 100, value: most }))
  }
  const { performance } = song.regions[first]
  if (!performance) throw new Error('the region is sung')
  for (const parameter of curveParameters.filter((one) => one !== 'blend-2')) {
    expect(curveOf(performance, parameter)).toEqual([{ atSamples: 100, value: curveScales[parameter].most }])
    expect(parameterValue(performance, parameter, 0)).toBe(curveScales[parameter].most)
  }
  expect(curveOf(performance, 'blend-2')).toBeNull()
  expect(parseProject(song).ok).toBe(true)
})

test('where nothing is drawn the constant counts; on top of a transposition that is nothing', () => {
  const { performance } = sungSong().regions[first]
  if (!performance) throw new Error('the region is sung')
  expect(constantOf(performance, 'intensity')).toBe(0.6)
  expect(constantOf(performance, 'blend-1')).toBe(0.25)
  expect(constantOf(performance, 'transposition')).toBe(0)
})

test('a curve copied from one region stands in another as far from its start', () => {
  fc.assert(
    fc.property(curve, (drawn) => {
      const song = changeCurve(sungSong(), [first], 'intensity', () => drawn)
      const copied = copyCurve(song.regions[first], 'intensity')
      if (!copied) throw new Error('a drawn curve can be copied')
      const { regions } = pasteCurve(song, [second], 'intensity', copied)
      const pasted = regions[second].performance
      if (!pasted) throw new Error('the region is sung')
      for (const offset of [0, 1000, 50_000, 199_999]) {
        const wanted = curveValue(drawn, offset + regions[first].sourceStartSamples)
        expect(parameterValue(pasted, 'intensity', offset + regions[second].sourceStartSamples)).toBeCloseTo(wanted, 3)
      }
    }),
  )
})

test('a trim leaves every value where it sounds', () => {
  const drawn: Curve = [
    { atSamples: 0, value: 0 },
    { atSamples: 200_000, value: 1 },
  ]
  const song = changeCurve(sungSong(), [first], 'intensity', () => drawn)
  const trimmed = trimRegionStart(song, first, 48_000)
  expect(trimmed.regions[first].performance?.curves.intensity).toBe(drawn)
  expect(copyCurve(trimmed.regions[first], 'intensity')?.points[0]).toEqual({ atSamples: 0, value: 0.24 })
})

test('a change that changes nothing is no change', () => {
  const song = sungSong()
  expect(changeCurve(song, [first], 'intensity', (drawn) => drawn)).toBe(song)
})
