import fc from 'fast-check'
import { songTime, type SongTime } from '../../src/shared/units/song-time.ts'
import { steadyTempo, type Tempo, type TempoMap } from '../../src/shared/units/tempo.ts'

/** One tempo and meter, ready for 48 000 samples a second. */
export const steadyTime = (bpm = 120, beatsPerBar = 4, beatUnit = 4, rateHz = 48_000): SongTime =>
  songTime(steadyTempo({ bpm, beatsPerBar, beatUnit }), rateHz)

export const meters = fc.record({
  beatsPerBar: fc.integer({ min: 1, max: 13 }),
  beatUnit: fc.constantFrom(2, 4, 8, 16),
})
export const tempos: fc.Arbitrary<Tempo> = fc
  .tuple(fc.integer({ min: 2000, max: 40_000 }), meters)
  .map(([hundredths, meter]) => ({ bpm: hundredths / 100, ...meter }))

/** Up to a dozen changes of each kind, ramps among them, the first at bar 1. */
export const tempoMaps: fc.Arbitrary<TempoMap> = fc
  .record({
    first: tempos,
    isRamp: fc.boolean(),
    tempos: fc.uniqueArray(
      fc.record({ bar: fc.integer({ min: 2, max: 60 }), bpm: tempos.map((tempo) => tempo.bpm), isRamp: fc.boolean() }),
      { maxLength: 12, selector: (change) => change.bar },
    ),
    meters: fc.uniqueArray(
      fc.tuple(fc.integer({ min: 2, max: 60 }), meters).map(([bar, meter]) => ({ bar, ...meter })),
      { maxLength: 12, selector: (change) => change.bar },
    ),
  })
  .map(({ first: { bpm, ...meter }, isRamp, tempos: laterTempos, meters: laterMeters }) => ({
    tempos: [{ bar: 1, bpm, isRamp }, ...laterTempos.toSorted((a, b) => a.bar - b.bar)],
    meters: [{ bar: 1, ...meter }, ...laterMeters.toSorted((a, b) => a.bar - b.bar)],
  }))

export const songTimes: fc.Arbitrary<SongTime> = fc
  .tuple(tempoMaps, fc.constantFrom(44_100, 48_000, 96_000))
  .map(([map, rateHz]) => songTime(map, rateHz))
