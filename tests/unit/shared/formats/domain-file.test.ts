import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDomainFile, writeDomainFile } from '../../../../src/shared/formats/domain-file.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { domainShapes } from '../../../../src/shared/networks/music-translation/parameters.ts'
import { startingWavenetWeights } from '../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/shared/formats/safetensors.ts'
import { tinyDomain } from '../../../support/tiny-domain.ts'

const domain = tinyDomain()
const bytes = writeDomainFile(domain)

/** The same with a decoder that hears its own last period. */
const { classifier, adversary, ...others } = domain.model.config
const config = { ...others, hasPitch: true, lagTaps: 5, classifier, adversary }
const led = {
  ...domain,
  model: { ...domain.model, config, parameters: startingWavenetWeights(domainShapes(config), createRandom(3)) },
}

test.each([
  ['as it always was', domain],
  ['with lag taps', led],
])('a domain %s that was read and is written again keeps its bytes and its card', (_name, domain) => {
  const bytes = writeDomainFile(domain)
  const read = readDomainFile(bytes)
  if (!read.ok) return expect.unreachable(read.failure.message)
  expect(writeDomainFile(read.value)).toEqual(bytes)
  expect(read.value.card).toEqual(domain.card)
  expect(read.value.model.config).toEqual(domain.model.config)
})

test('lag taps without their weights, and weights without lag taps, are no domain', () => {
  const { parameters } = led.model
  const without = new Map([...parameters].filter(([name]) => name !== 'decoder/lags/weight'))
  const { lagTaps: _, ...deaf } = config
  for (const model of [
    { ...led.model, parameters: without },
    { ...led.model, config: deaf },
  ])
    expect(readDomainFile(writeDomainFile({ ...led, model })).ok).toBe(false)
})

test('a file that was cut off or changed anywhere is refused, or nothing that is read has changed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      expect(readDomainFile(bytes.subarray(0, at)).ok).toBe(false)
      const changed = bytes.slice()
      changed[at] ^= change
      const read = readDomainFile(changed)
      if (read.ok) expect(writeDomainFile(read.value)).toEqual(bytes)
    }),
    { numRuns: 60 },
  )
})

test('absurd sizes, taps that no sampler plays, numbers that are none and tensors too many are refused', () => {
  const file = readSafetensors(bytes)
  if (!file.ok) return expect.unreachable(file.failure.message)
  const { tensors, metadata } = file.value
  const { model, card } = domain
  const { decoder } = model.config
  const withConfig = (changed: object) => {
    const config = { ...model.config, ...changed }
    const facts = JSON.stringify({ network: 'music-translation', rateHz: 16_000, config })
    return readDomainFile(writeSafetensors({ tensors, metadata: { ...metadata, model: facts } }))
  }
  for (const changed of [{ hop: 1e9 }, { latent: 0 }, { decoder: { ...decoder, channels: 1e6 } }])
    expect(withConfig(changed)).toMatchObject({ ok: false, failure: { code: 'checkpoint-invalid' } })
  const ofThreeTaps = withConfig({ decoder: { ...decoder, taps: 3 } })
  expect(ofThreeTaps.ok ? '' : ofThreeTaps.failure.message).toContain('3 taps')
  const broken = { ...model, peaks: { ...model.peaks, hidden: new Float32Array(8).fill(NaN) } }
  expect(readDomainFile(writeDomainFile({ model: broken, card })).ok).toBe(false)
  const more = new Map([...model.parameters, ['more/weight', { shape: [1], values: new Float32Array(1) }]])
  expect(readDomainFile(writeDomainFile({ model: { ...model, parameters: more }, card })).ok).toBe(false)
})
