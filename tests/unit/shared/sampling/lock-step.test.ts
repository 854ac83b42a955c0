import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { wavenetAutoencoderSizes } from '../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import { initializeWavenetAutoencoder } from '../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { autoencoderDecoder } from '../../../../src/shared/sampling/autoencoder-decoder.ts'
import { groupsAtOnce } from '../../../../src/shared/sampling/lock-step.ts'

const decoderOf = (size: 'preview' | 'compact' | 'paper') => {
  const config = wavenetAutoencoderSizes[size]
  return autoencoderDecoder(initializeWavenetAutoencoder(config, 1, createRandom(1)), config)
}

test('fused sums get their three groups, but where their past would be too long to lie near the processor', () => {
  expect(groupsAtOnce(decoderOf('preview'), 'f32')).toBe(3)
  expect(groupsAtOnce(decoderOf('compact'), 'f32')).toBe(3)
  expect(groupsAtOnce(decoderOf('paper'), 'f32')).toBe(2)
  expect(groupsAtOnce(decoderOf('compact'), 'w16a14')).toBe(2)
})
