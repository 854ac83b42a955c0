import { expect, test } from 'vitest'
import { explanations } from '../../../../src/shared/networks/explained/index.ts'
import { goldenNetworks } from '../../../golden/networks-fixture.ts'

const golden = goldenNetworks.paper_size as {
  readonly parameters: Readonly<Record<string, number>>
  readonly receptive_field: Readonly<Record<string, number>>
} // our own fixture

test('every size of every network is explained: parameters, reach, and layers whose costs sum to the whole', () => {
  for (const { sizes, explain } of explanations.values())
    for (const size of sizes) {
      const found = explain(size)
      expect(found?.parameterCount).toBeGreaterThan(0)
      expect(found?.reach.count).toBeGreaterThan(1)
      const sum = found?.layers.reduce((total, layer) => total + layer.multiplications, 0) ?? 0
      expect(sum / (found?.multiplications ?? 0)).toBeCloseTo(1, 9)
    }
})

test('what is published is what is told', () => {
  const paper = (network: string, size = 'paper') => explanations.get(network)?.explain(size)
  expect(paper('wavenet')?.parameterCount).toBe(golden.parameters.wavenet_vocoder)
  expect(paper('wavenet')?.reach.count).toBe(golden.receptive_field.wavenet_vocoder)
  expect(paper('wavenet', 'clarinet-teacher')?.reach.count).toBe(golden.receptive_field.clarinet_teacher)
  expect(paper('flowavenet')?.parameterCount).toBe(golden.parameters.flowavenet)
})

test('a second costs every weight once for each place: a WaveNet by hand', () => {
  const { multiplications, layers } = explanations.get('wavenet')?.explain('compact') ?? {}
  const perSample = 24 * (128 * 64 * 3 + 128 * 80 + 128 * 64) + 64 + 64 * 64 + 64 * 30
  const perFrame = 80 * 80 * 5
  expect(multiplications).toBeCloseTo(22_050 * (perSample + perFrame / 256), 0)
  expect(layers?.find(({ name }) => name === 'layer…/conv')).toMatchObject({ times: 24, inputs: 64, outputs: 128 })
})

test('an unknown size is told apart from a known one', () => {
  expect(explanations.get('glow')?.explain('huge')).toBeNull()
  expect(explanations.get('glow')?.explain('toString')).toBeNull()
})
