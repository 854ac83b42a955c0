import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RegionId, RenderKey } from '../../../../src/shared/base/id.ts'
import { compSpans, stretchEnvelope, takeStretches } from '../../../../src/shared/project/comp.ts'
import { setRender, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { splitRegions } from '../../../../src/shared/project/edits/cuts.ts'
import { trimRegionEnd, trimRegionStart } from '../../../../src/shared/project/edits/regions.ts'
import {
  chooseTake,
  cutComp,
  deleteTake,
  flattenComp,
  moveJoin,
  neighborTake,
  pickTake,
  removeJoin,
  starTake,
  useTake,
} from '../../../../src/shared/project/edits/takes.ts'
import { gainAt } from '../../../../src/shared/project/envelope.ts'
import type { Project, Region } from '../../../../src/shared/project/model.ts'
import { parseProject } from '../../../../src/shared/project/parse.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { chorus, countingIds, mira, singerTrack, smallSong } from '../../../support/documents.ts'

const RATE = 48_000
const HALF_CROSSFADE = 240
const sung = 'r1' as RegionId // what `countingIds` mints first

/** Mira sings the chorus, samples 240 000 to 480 000 of the source, in three takes that cover all of the source. */
function songWithTakes(): Project {
  const mint = countingIds()
  let song = singRegions(smallSong(), [chorus], singerTrack, mira, mint)
  for (const digit of ['1', '2', '3']) {
    song = setRender(song, sung, {
      key: digit.repeat(64) as RenderKey,
      sourceStartSamples: 0,
      durationSamples: 480_000,
      performance: defaultPerformance(mira),
      singerDigest: 'digest',
      semitones: 0,
    })
  }
  return song
}
const regionOf = (song: Project): Region => song.regions[sung]
const spansOf = (song: Project) => compSpans(regionOf(song)).map((span) => [span.startSamples, span.takeNumber])
const takeAt = (song: Project, atSamples: number): number | undefined =>
  compSpans(regionOf(song)).findLast((span) => span.startSamples <= atSamples)?.takeNumber

const position = fc.integer({ min: 230_000, max: 490_000 })
const use = fc.record({ number: fc.integer({ min: 1, max: 4 }), from: position, to: position })

describe('a comp', () => {
  test('takes what was swiped there, and around it sounds what sounded', () => {
    fc.assert(
      fc.property(
        fc.array(use, { maxLength: 6 }),
        use,
        fc.array(position, { minLength: 8, maxLength: 8 }),
        (uses, last, probes) => {
          const before = uses.reduce(
            (song, { number, from, to }) => useTake(song, sung, number, from, to),
            songWithTakes(),
          )
          const after = useTake(before, sung, last.number, last.from, last.to)
          for (const at of probes.filter((one) => one >= 240_000 && one < 480_000)) {
            const isSwiped = last.number <= 3 && at >= last.from && at < last.to
            expect(takeAt(after, at)).toBe(isSwiped ? last.number : takeAt(before, at))
          }
          expect(parseProject(after).ok).toBe(true)
        },
      ),
    )
  })

  test('sounds without a gap, and every crossfade is a whole one', () => {
    fc.assert(
      fc.property(fc.array(use, { maxLength: 8 }), (uses) => {
        const song = uses.reduce((now, { number, from, to }) => useTake(now, sung, number, from, to), songWithTakes())
        const stretches = takeStretches(regionOf(song), RATE)
        expect(stretches[0].startSamples).toBe(240_000)
        expect(stretches.at(-1)?.endSamples).toBe(480_000)
        for (const [index, right] of stretches.entries()) {
          const left = stretches[index - 1]
          if (!left) continue
          expect(left.endSamples - right.startSamples).toBe(right.fadeInSamples)
          expect(left.fadeOutSamples).toBe(right.fadeInSamples)
          expect(right.fadeInSamples).toBeLessThanOrEqual(2 * HALF_CROSSFADE)
          expect(left.render.key).not.toBe(right.render.key)
        }
      }),
    )
  })

  test('keeps the level over a crossfade of like sounds, and the power over one of unlike ones', () => {
    const stretches = takeStretches(regionOf(useTake(songWithTakes(), sung, 1, 240_000, 300_000)), RATE)
    for (const likeness of [1, 0]) {
      const [left, right] = [stretchEnvelope(stretches[0], 0, likeness), stretchEnvelope(stretches[1], likeness, 0)]
      for (let at = 300_000 - HALF_CROSSFADE; at <= 300_000 + HALF_CROSSFADE; at += 15) {
        const [a, b] = [gainAt(left, at), gainAt(right, at)]
        expect(likeness === 1 ? a + b : a * a + b * b).toBeCloseTo(1, 5)
      }
    }
  })

  test('a cut sounds as before, goes through all takes, and each side can be given another', () => {
    const cut = cutComp(songWithTakes(), sung, 300_000)
    expect(spansOf(cut)).toEqual([
      [240_000, 3],
      [300_000, 3],
    ])
    expect(takeStretches(regionOf(cut), RATE)).toHaveLength(1)
    expect(spansOf(pickTake(cut, sung, 1, 350_000))).toEqual([
      [240_000, 3],
      [300_000, 1],
    ])
  })

  test('a join that is taken away lets what was before it go on', () => {
    const song = useTake(songWithTakes(), sung, 1, 300_000, 360_000)
    expect(spansOf(removeJoin(song, sung, 1))).toEqual([
      [240_000, 3],
      [360_000, 3],
    ])
    expect(removeJoin(song, sung, 0)).toBe(song)
  })

  test('a join that moves stays between its neighbors and moves nothing else', () => {
    const song = useTake(songWithTakes(), sung, 1, 300_000, 360_000)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), (to) => {
        const moved = spansOf(moveJoin(song, sung, 1, to))
        expect(moved.map(([, take]) => take)).toEqual([3, 1, 3])
        expect([moved[0], moved[2]]).toEqual([spansOf(song)[0], spansOf(song)[2]])
        expect(moved[1][0]).toBe(Math.min(359_999, Math.max(240_001, to)))
      }),
    )
  })

  test('a trim and a split leave every take where it sounds', () => {
    const song = useTake(songWithTakes(), sung, 1, 300_000, 360_000)
    const trimmed = trimRegionEnd(trimRegionStart(song, sung, 80_000), sung, -100_000)
    expect(spansOf(trimmed)).toEqual([
      [320_000, 1],
      [360_000, 3],
    ])
    const split = splitRegions(song, [sung], 330_000, () => 'right' as RegionId)
    expect(compSpans(split.regions['right' as RegionId]).map((span) => [span.startSamples, span.takeNumber])).toEqual([
      [330_000, 1],
      [360_000, 3],
    ])
  })

  test('a take that does not reach as far gives way to the chosen one, and then to the source', () => {
    const song = useTake(songWithTakes(), sung, 1, 240_000, 300_000)
    const region = regionOf(song)
    const short = region.takes.map((take) =>
      take.number === 1 ? { ...take, render: { ...take.render, durationSamples: 250_000 } } : take,
    )
    expect(takeStretches({ ...region, takes: short }, RATE).map((one) => one.render.key)).toEqual(['3'.repeat(64)])
    const none = short.map((take) => ({ ...take, render: { ...take.render, durationSamples: 250_000 } }))
    expect(takeStretches({ ...region, takes: none, render: none[2].render }, RATE)).toEqual([])
  })
})

describe('takes', () => {
  test('a chosen take sounds throughout, and the one after the last is the first', () => {
    const song = chooseTake(useTake(songWithTakes(), sung, 1, 240_000, 300_000), [sung], 2)
    expect(spansOf(song)).toEqual([[240_000, 2]])
    expect(regionOf(song).comp).toEqual([])
    expect(neighborTake(regionOf(song), 1)).toBe(3)
    expect(neighborTake(regionOf(chooseTake(song, [sung], 3)), 1)).toBe(1)
    expect(chooseTake(song, [sung], 2)).toBe(song)
    expect(chooseTake(song, [sung], 9)).toBe(song)
  })

  test('a take that is thrown away gives its place to the newest; without takes there is no sound', () => {
    const comped = useTake(songWithTakes(), sung, 1, 240_000, 300_000)
    const without = deleteTake(comped, sung, 1)
    expect(spansOf(without)).toEqual([[240_000, 3]])
    const none = [3, 2].reduce((song, number) => deleteTake(song, sung, number), without)
    expect(regionOf(none).render).toBeNull()
    expect(regionOf(none).takes).toEqual([])
    expect(parseProject(none).ok).toBe(true)
  })

  test('a star stays with its take', () => {
    const song = starTake(songWithTakes(), sung, 2, true)
    expect(regionOf(song).takes.map((take) => take.isStarred)).toEqual([false, true, false])
    expect(starTake(song, sung, 2, true)).toBe(song)
  })

  test('flattened to regions, each has one take, and they overlap as the takes crossfaded', () => {
    const song = useTake(songWithTakes(), sung, 1, 300_000, 360_000)
    const stretches = takeStretches(regionOf(song), RATE)
    let count = 0
    const flat = flattenComp(song, sung, () => `piece${++count}` as RegionId)
    const pieces = ['r1', 'piece1', 'piece2'].map((id) => flat.regions[id as RegionId])
    expect(pieces.map((piece) => piece.render?.key)).toEqual(stretches.map((stretch) => stretch.render.key))
    expect(pieces.map((piece) => [piece.startSamples, piece.startSamples + piece.durationSamples])).toEqual(
      stretches.map((stretch) => [stretch.startSamples, stretch.endSamples]),
    )
    expect(pieces.every((piece) => piece.comp.length === 0)).toBe(true)
    expect(flattenComp(songWithTakes(), sung, () => 'x' as RegionId).regions[sung].comp).toEqual([])
  })
})
