import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatenated } from '../../../../src/shared/base/concatenated.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { SingerModel } from '../../../../src/shared/conversion/singer-model.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import type { SingerCard } from '../../../../src/shared/formats/singer-card.ts'
import { readSingerFile, writeSingerFile } from '../../../../src/shared/formats/singer-file.ts'
import { spectralAutoencoder } from '../../../../src/shared/networks/spectral-autoencoder/index.ts'

/** The same files at every run; together more than ten thousand. */
const SEED = 6
const MUTATIONS = 9000
const LIES = 1500

const card: SingerCard = {
  name: 'Mira',
  converter: 'spectral-autoencoder',
  licence: 'private',
  consent: 'my own voice',
  lowestHz: 140,
  highestHz: 520,
  medianHz: 260,
  trainedFromSec: 118,
  createdAtMs: 1_700_000_000_000,
  owner: 'Mira herself',
  range: {
    notes: [
      { midi: 57, pitchErrorCents: 4, voicedFraction: 1, distanceDb: 3.2, roughness: 0.1, ease: 'comfortable' },
      { midi: 59, pitchErrorCents: null, voicedFraction: 0, distanceDb: null, roughness: null, ease: 'poor' },
    ],
    comfortable: { lowest: 57, highest: 57 },
    usable: null,
    isSung: true,
  },
  provenance: {
    software: 'Understudy 0.1.0',
    engine: 'wasm',
    baseDigest: 'a'.repeat(64),
    clipCount: 3,
    clipsSec: 118,
    steps: 400,
    method: 'joint',
    singerCount: 2,
    compared: [
      { method: 'joint', errorDb: 3.41 },
      { method: 'enroll', errorDb: 3.78 },
    ],
  },
}

function createModel(): SingerModel {
  const random = createRandom(7)
  const config = spectralAutoencoder.sizes.tiny
  const normals = (count: number, scale: number) => Float32Array.from({ length: count }, () => scale * random.normal())
  const frames = 6
  return {
    config,
    parameters: spectralAutoencoder.initialize(config, 1, random),
    row: normals(config.singer, 0.1),
    meanShape: normals(64, 2),
    spread: 1.5,
    cepstralVariance: normals(64, 1).map(Math.abs),
    bandHarmonicsToNoiseDb: normals(5, 6),
    medianLog2F0: Math.log2(260),
    lowestHz: 140,
    highestHz: 520,
    bank: {
      clipFrameCounts: [frames],
      shapes: normals(frames * 64, 2),
      f0: Float32Array.from({ length: frames }, (_, frame) => (frame % 3 ? 200 + frame : 0)),
      energy: normals(frames, 1),
    },
  }
}

const whole = writeSingerFile(createModel(), card)
const headerBytes = 8 + Number(new DataView(whole.buffer).getBigUint64(0, true))

/** One draw decides everything about one mutation: shrinking is of no use where the bytes are noise. */
const draws = fc.noShrink(fc.integer({ min: 0, max: 2 ** 32 - 1 }))

function mutate(seed: number): Uint8Array {
  const random = createRandom(seed)
  const anywhere = () => random.integer([whole.length, headerBytes, 16][random.integer(3)])
  const kinds = [
    () => {
      const bytes = whole.slice()
      for (let edit = random.integer(8); edit >= 0; edit--) bytes[anywhere()] = random.integer(256)
      return bytes
    },
    () => {
      const bytes = whole.slice()
      bytes[anywhere()] ^= 1 << random.integer(8)
      return bytes
    },
    () => whole.slice(0, anywhere()),
    () => {
      const put = Uint8Array.from({ length: random.integer(64) }, () => random.integer(256))
      const at = anywhere()
      return concatenated([whole.subarray(0, at), put, whole.subarray(at + random.integer(64))], Uint8Array)
    },
    () => concatenated([whole.subarray(0, anywhere()), whole.subarray(anywhere())], Uint8Array),
  ]
  return kinds[random.integer(kinds.length)]()
}

test('whatever happens to its bytes, a singer file gives the same singer or is refused with a code', () => {
  const read = readSingerFile(whole)
  if (!read.ok) throw new Error(read.failure.message)
  let accepted = 0
  fc.assert(
    fc.property(draws, (draw) => {
      const mutated = readSingerFile(mutate(draw))
      if (!mutated.ok) return void expect(mutated.failure.code).toBe('checkpoint-invalid')
      accepted++
      // Spaces around the header's words may change; not one number and not one word of the card.
      expect(writeSingerFile(mutated.value.model, mutated.value.card)).toEqual(whole)
    }),
    { numRuns: MUTATIONS, seed: SEED },
  )
  expect(accepted).toBeLessThan(MUTATIONS / 20)
})

/** What a forger may put where a number was: with the right digest, since they write the file with this program. */
const strangeNumber = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -1, 1e-300, 3e38, -3e38, 65504, 1e15),
  fc.double(),
  fc.integer(),
)
const numberFields = ['spread', 'medianLog2F0', 'lowestHz', 'highestHz'] as const
const arrayFields = ['row', 'meanShape', 'cepstralVariance', 'bandHarmonicsToNoiseDb'] as const

const honest = createModel()
const isHarmless = (number: number) => Number.isFinite(number) && Math.abs(number) <= 65504

test('a forged singer with the right digest is refused, or holds nothing but plausible finite numbers', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...numberFields, ...arrayFields, 'f0', 'energy', 'weight', 'frames'),
      strangeNumber,
      fc.nat(1000),
      (field, value, at) => {
        const model = structuredClone(honest)
        const forged = { ...model, ...(numberFields.some((name) => name === field) ? { [field]: value } : {}) }
        for (const name of arrayFields) if (name === field) forged[name][at % forged[name].length] = value
        if (field === 'f0' || field === 'energy') forged.bank[field][at % 6] = value
        const weights = [...forged.parameters.values()]
        const { values } = weights[at % weights.length]
        if (field === 'weight') values[at % values.length] = value
        const bank = field === 'frames' ? { ...forged.bank, clipFrameCounts: [value, 6 - value] } : forged.bank
        const read = readSingerFile(writeSingerFile({ ...forged, bank }, card))
        if (!read.ok) return void expect(read.failure.code).toBe('checkpoint-invalid')
        const { model: back } = read.value
        const { f0, energy } = back.bank
        const arrays = [f0, energy, ...arrayFields.map((name) => back[name])]
        const tensors = [...back.parameters.values()].map((tensor) => tensor.values)
        expect(numberFields.every((name) => isHarmless(back[name]))).toBe(true)
        expect([...arrays, ...tensors].every((numbers) => numbers.every(isHarmless))).toBe(true)
        expect(back.bank.clipFrameCounts.reduce((sum, count) => sum + count, 0)).toBe(6)
      },
    ),
    { numRuns: LIES, seed: SEED },
  )
})

test('a card with any field replaced by anything is refused or read as it stands, never half', () => {
  const file = readSafetensors(whole)
  if (!file.ok) throw new Error(file.failure.message)
  const { tensors, metadata } = file.value
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(card)), fc.jsonValue(), (name, value) => {
      // The digest no longer holds then, unless the card is the same.
      const text = JSON.stringify({ ...card, [name]: value })
      const read = readSingerFile(writeSafetensors({ tensors, metadata: { ...metadata, card: text } }))
      expect(read.ok).toBe(text === metadata['card'])
      const rewritten = writeSingerFile(honest, { ...card, [name]: value })
      const reread = readSingerFile(rewritten)
      if (reread.ok) expect(JSON.parse(JSON.stringify(reread.value.card))).toMatchObject({ [name]: value })
    }),
    { numRuns: 500, seed: SEED },
  )
})
