import { expect, test } from 'vitest'
import { muLawLevel, muLawSample } from '../../../../src/shared/dsp/mu-law.ts'
import { goldenNetworks } from '../../../golden/networks-fixture.ts'

const golden = goldenNetworks.mu_law as {
  readonly decode: readonly number[]
  readonly x: readonly number[]
  readonly encode: readonly number[]
} // our own fixture

test('levels and samples are the reference', () => {
  expect(golden.x.map(muLawLevel)).toEqual(golden.encode)
  golden.decode.forEach((sample, level) => expect(muLawSample(level)).toBeCloseTo(sample, 11))
})

test('every level comes back from its sample, and silence is a level', () => {
  for (let level = 0; level < 256; level++) expect(muLawLevel(muLawSample(level))).toBe(level)
  expect([muLawLevel(0), muLawSample(128)]).toEqual([128, 0])
})
