import { expect, test } from 'vitest'
import { applyBandMap, harmonicMatrix, warpMatrix, type BandMap } from '../../src/shared/conversion/augmentation.ts'
import { auxiliaryChannels } from '../../src/shared/conversion/auxiliary.ts'
import { createDifferentialFilter } from '../../src/shared/conversion/differential-filter.ts'
import {
  activeFrames,
  energies,
  everySecondFrame,
  frameEnergy,
  melBands,
  removeLowMean,
  shapes,
} from '../../src/shared/conversion/features.ts'
import { interpolatedFrames } from '../../src/shared/conversion/frame-rates.ts'
import { rowsOf } from '../../src/shared/conversion/frame-rows.ts'
import { frameKeys } from '../../src/shared/conversion/key.ts'
import { auxiliaryReader, decodeShapes } from '../../src/shared/conversion/prepared-singer.ts'
import { residualNeighbors, type NeighborBank } from '../../src/shared/conversion/residual-neighbors.ts'
import { sourceFeatures, type SourceFeatures } from '../../src/shared/conversion/source-features.ts'
import { transpose } from '../../src/shared/conversion/transposition/transpose.ts'
import { createCepstralAccumulator, createVarianceFilter } from '../../src/shared/conversion/variance-filter.ts'
import { nearestReference } from '../../src/shared/kernels/nearest.ts'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { createInference, decode, encode } from '../../src/shared/networks/spectral-autoencoder/inference.ts'
import { referenceVoice } from '../support/reference-voice.ts'
import { formulaParameters } from '../support/tiny-autoencoder.ts'
import {
  BANK_SEED,
  bankFormants,
  everyNth,
  fixture,
  greatestDifference,
  SOURCE_SEED,
  sourceFormants,
} from './conversion-fixture.ts'

/*
 * Double precision equals the reference to 1e-6 where the fixture gives the stage's input in full. Stages that start
 * from `lm`, which the fixture rounds to five digits (an error of 5e-6 in each band), are held to what that leaves.
 */
const EXACT = 1e-6
const FROM_ROUNDED = 2e-5
const THROUGH_FLOAT32 = 1e-4

const BANDS = 64
const config = spectralAutoencoderSizes.tiny
const parameters = formulaParameters(fixture.v)
const row = Float32Array.from(fixture.v)
const sourceLm = Float64Array.from(fixture.source.lm.flat())
const bankLm = Float64Array.from(fixture.bank.lm.flat())
const source = sourceFeatures(rowsOf(sourceLm), Float64Array.from(fixture.source.f0))
const bank = sourceFeatures(rowsOf(bankLm), Float64Array.from(fixture.bank.f0))

/** Every `step`-th frame of rows of 64, as the fixture keeps them. */
const framesOf = (rows: ArrayLike<number>, step: number): number[] =>
  Array.from({ length: Math.ceil(rows.length / BANDS / step) }, (_, index) =>
    Array.from({ length: BANDS }, (_, band) => rows[index * step * BANDS + band]),
  ).flat()

/** Every `step`-th frame of channels, as the fixture keeps them. */
const columnsOf = (channels: ArrayLike<number>, frameCount: number, step: number): number[] =>
  Array.from({ length: channels.length / frameCount }, (_, channel) =>
    everyNth(Array.prototype.slice.call(channels, channel * frameCount, (channel + 1) * frameCount), step),
  ).flat()

function encoderChannels(features: SourceFeatures): Float64Array {
  const rows = new Float64Array(features.slowFrameCount * 57)
  features.encoderInput(fixture.sd)(0, features.slowFrameCount, rows)
  return Float64Array.from({ length: rows.length }, (_, index) => {
    const channel = Math.floor(index / features.slowFrameCount)
    return rows[(index % features.slowFrameCount) * 57 + channel]
  })
}

/** What the network makes of a file, denormalized, as the reference's `decode(...) * sd + mu`. */
function denormalized(features: SourceFeatures): Float64Array {
  const inference = createInference(parameters, config)
  const count = features.slowFrameCount
  const latent = inference.encode(count, features.encoderInput(fixture.sd))
  const decoded = inference.decode(latent, row, count, auxiliaryReader(features.auxiliary), 0, count)
  return Float64Array.from(decoded, (value, index) => value * fixture.sd + fixture.mu[index % BANDS])
}

function neighborBank(): NeighborBank {
  const pictures = shapes(denormalized(bank))
  const real = shapes(everySecondFrame(bankLm))
  const active = activeFrames(energies(everySecondFrame(bankLm)))
  const keys = frameKeys(pictures, bank.slowFrameCount)
  const kept = Array.from(active.keys()).filter((frame) => active[frame])
  const rows = (values: ArrayLike<number>, width: number) =>
    Float32Array.from(kept.flatMap((frame) => Array.from({ length: width }, (_, at) => values[frame * width + at])))
  return { count: kept.length, keys: rows(keys, 60), shapes: rows(real, BANDS), pictures: rows(pictures, BANDS) }
}

function targetVariance(): Float64Array {
  const accumulator = createCepstralAccumulator()
  const bankShapes = shapes(bankLm)
  bank.active.forEach((isActive, frame) => isActive && accumulator.add(bankShapes, frame * BANDS))
  return accumulator.statistics().variance
}

/** From converted shapes at 10 ms to ln power at 5 ms, through the variance filter. */
function finished(converted: Float64Array): Float64Array {
  const result = new Float64Array(source.frameCount * BANDS)
  const readFrame = interpolatedFrames(rowsOf(converted))
  for (let frame = 0; frame < source.frameCount; frame++) {
    readFrame(frame, result, frame * BANDS)
    removeLowMean(result, frame)
  }
  const accumulator = createCepstralAccumulator()
  source.active.forEach((isActive, frame) => isActive && accumulator.add(result, frame * BANDS))
  const filter = createVarianceFilter(accumulator.statistics(), targetVariance())
  for (let frame = 0; frame < source.frameCount; frame++) {
    filter(result, frame * BANDS)
    const lift = source.energies[frame] - frameEnergy(result, frame)
    for (let band = 0; band < BANDS; band++) result[frame * BANDS + band] += lift
  }
  return result
}

const neighbors = residualNeighbors(
  shapes(denormalized(source)),
  source.slowFrameCount,
  neighborBank(),
  nearestReference,
)
const final = finished(neighbors)
const difference = final.map((value, index) => value - sourceLm[index])
const voice48k = referenceVoice(48_000, 1.2, 220, sourceFormants, SOURCE_SEED)
const mapped = (map: BandMap) => {
  const output = new Float64Array(BANDS)
  applyBandMap(map, shapes(sourceLm).subarray(40 * BANDS, 41 * BANDS), output, 1)
  return output
}

test('the test voices are the reference’s', () => {
  const a = referenceVoice(24_000, 1.2, 220, sourceFormants, SOURCE_SEED)
  const b = referenceVoice(24_000, 1.5, 130, bankFormants, BANK_SEED)
  expect(greatestDifference(everyNth(a, 101), fixture.source.signal_every_101)).toBeLessThan(1e-8)
  expect(greatestDifference(everyNth(b, 101), fixture.bank.signal_every_101)).toBeLessThan(1e-8)
})

test('the mel bands have the reference’s centers and weights', () => {
  const { centersHz, firstBins, weights } = melBands()
  expect(greatestDifference(centersHz, fixture.centres_hz)).toBeLessThan(5.1e-5) // kept to four digits
  for (const [band, expected] of Object.entries(fixture.mel_rows)) {
    const found = Array.from(weights[Number(band)], (weight, index) => [firstBins[Number(band)] + index, weight])
    expect(greatestDifference(found.flat(), expected.flat())).toBeLessThan(1e-8)
  }
})

test('energies, active frames and auxiliary channels equal the reference', () => {
  expect(greatestDifference(source.energies, fixture.energy)).toBeLessThan(6e-6)
  expect(Array.from(source.active)).toEqual(fixture.active)
  expect(greatestDifference(auxiliaryChannels(source.auxiliary), fixture.aux.flat())).toBeLessThan(EXACT)
})

test('the encoder’s input equals the reference', () => {
  const found = columnsOf(encoderChannels(source), source.slowFrameCount, 7)
  expect(greatestDifference(found, fixture.encoder_input_every_7.flat())).toBeLessThan(6e-6)
})

test('warping and harmonic resampling equal the reference', () => {
  const warped = mapped(warpMatrix(Float64Array.from(fixture.warp.log_warp)))
  expect(greatestDifference(warped, fixture.warp.frame_40)).toBeLessThan(FROM_ROUNDED)
  expect(greatestDifference(mapped(harmonicMatrix(fixture.harmonic.f0)), fixture.harmonic.frame_40)).toBeLessThan(
    FROM_ROUNDED,
  )
})

test('the encoder’s latent equals the reference', () => {
  const latent = encode(parameters, config, encoderChannels(source), source.slowFrameCount)
  expect(greatestDifference(latent, fixture.z.flat())).toBeLessThan(THROUGH_FLOAT32)
})

test('the decoder, given the reference’s latent, equals it to 1e-6', () => {
  const latent = Float32Array.from(fixture.z.flat())
  const channels = auxiliaryChannels(source.auxiliary)
  const found = decode(parameters, config, latent, row, channels, source.slowFrameCount)
  expect(greatestDifference(columnsOf(found, source.slowFrameCount, 7), fixture.decoded_every_7.flat())).toBeLessThan(
    EXACT,
  )
})

test('the bank’s pictures and the residual neighbors equal the reference', () => {
  expect(greatestDifference(framesOf(denormalized(bank), 7), fixture.bank_decoded_every_7.flat())).toBeLessThan(
    THROUGH_FLOAT32,
  )
  expect(greatestDifference(framesOf(neighbors, 7), fixture.neighbours_every_7.flat())).toBeLessThan(THROUGH_FLOAT32)
})

test('decoded shapes are the denormalized ones without their low mean', () => {
  const inference = createInference(parameters, config)
  const count = source.slowFrameCount
  const latent = inference.encode(count, source.encoderInput(fixture.sd))
  const model = { row, spread: fixture.sd, meanShape: Float32Array.from(fixture.mu) }
  const found = decodeShapes({ model, inference }, latent, count, auxiliaryReader(source.auxiliary), 0, count)
  expect(greatestDifference(found, shapes(denormalized(source)))).toBeLessThan(EXACT)
})

test('the variance of the cepstra and the finished envelope equal the reference', () => {
  expect(greatestDifference(targetVariance(), fixture.gv)).toBeLessThan(EXACT)
  expect(greatestDifference(framesOf(final, 7), fixture.final_every_7.flat())).toBeLessThan(THROUGH_FLOAT32)
  expect(greatestDifference(framesOf(difference, 7), fixture.d_every_7.flat())).toBeLessThan(THROUGH_FLOAT32)
})

test('the differential filter equals the reference', () => {
  const change = {
    frameCount: source.frameCount,
    readDifference: (frame: number, output: Float64Array) =>
      output.set(difference.subarray(frame * BANDS, (frame + 1) * BANDS)),
  }
  const sound = { channels: [voice48k], firstSamples: 0 }
  const [found] = createDifferentialFilter(48_000).apply(sound, change, 0, voice48k.length)
  expect(greatestDifference(everyNth(found, 37), fixture.filtered_48k_every_37)).toBeLessThan(FROM_ROUNDED)
})

test('transposition by five semitones and along a drawn curve equals the reference', () => {
  const f0 = Float64Array.from(fixture.source.f0)
  const moved = (ratio: number | Float64Array) => transpose([voice48k], { rateHz: 48_000, f0, ratio }).channels[0]
  expect(
    greatestDifference(everyNth(moved(2 ** (5 / 12)), 37), fixture.transposed_5_semitones_48k_every_37),
  ).toBeLessThan(FROM_ROUNDED)
  // The curve is kept to six digits: over 260 periods that is a thousandth of a sample.
  expect(
    greatestDifference(everyNth(moved(Float64Array.from(fixture.drawn_curve)), 37), fixture.drawn_48k_every_37),
  ).toBeLessThan(THROUGH_FLOAT32)
})
