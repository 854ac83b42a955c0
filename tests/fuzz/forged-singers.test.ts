import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../src/shared/formats/safetensors.ts'
import { readSingerFile, writeSingerFile } from '../../src/shared/formats/singer-file.ts'
import { createInputSource } from './engine/input-source.ts'
import { tinySinger, tinySingerCard as card } from './targets/tiny-models.ts'

/** The same files at every run. */
const SEED = 6
const MUTATIONS = 600
const LIES = 500

const whole = writeSingerFile(tinySinger(), card)

test('whatever happens to its bytes, a singer file gives the same singer or is refused with a code', () => {
  const source = createInputSource({ seeds: [whole], largestBytes: 1 << 20 }, SEED)
  let changed = 0
  for (let count = 0; count < MUTATIONS; count++) {
    const input = source.next()
    const read = readSingerFile(input)
    if (!read.ok) {
      expect(read.failure.code).toBe('checkpoint-invalid')
      changed++
    }
    // Spaces around the header's words may change; not one number and not one word of the card.
    else expect(Buffer.compare(writeSingerFile(read.value.model, read.value.card), whole)).toBe(0)
  }
  expect(changed).toBeGreaterThan(MUTATIONS / 2)
})

/** What a forger may put where a number was: with the right digest, since they write the file with this program. */
const strangeNumber = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -1, 1e-300, 3e38, -3e38, 65504, 1e15),
  fc.double(),
  fc.integer(),
)
const numberFields = ['spread', 'medianLog2F0', 'lowestHz', 'highestHz'] as const
const arrayFields = ['row', 'meanShape', 'cepstralVariance', 'bandHarmonicsToNoiseDb'] as const

const honest = tinySinger()
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
