import { describe, expect, test } from 'vitest'
import { createRandom } from '../../src/shared/base/random.ts'
import { networks } from '../../src/shared/networks/registry.ts'
import { createParameterLayout, packParameters, unpackParameters } from '../../src/shared/nn/parameters.ts'

/** What every registered network keeps, whatever it is for. */

test('ids are unique, and fit for file names', () => {
  const ids = networks.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
})

describe.each(networks.map((network) => [network.id, network] as const))('%s', (_, network) => {
  const config = network.sizes.tiny
  const initialize = (seed: number) => network.initialize(config, 2, createRandom(seed))

  test('initializes exactly the parameters that it names, all of them finite', () => {
    const parameters = initialize(1)
    const shapes = network.parameterShapes(config, 2)
    expect([...parameters.keys()]).toEqual([...shapes.keys()])
    for (const [name, { shape, values }] of parameters) {
      expect(shape).toEqual(shapes.get(name))
      expect(values.length).toBe(shape.reduce((product, size) => product * size, 1))
      expect(values.every(Number.isFinite), name).toBe(true)
      expect(
        values.some((value) => value !== 0),
        name,
      ).toBe(true)
    }
  })

  test('the same seed gives the same weights, another seed others', () => {
    expect(initialize(5)).toEqual(initialize(5))
    expect(initialize(5)).not.toEqual(initialize(6))
  })

  test('its parameters survive packing for training, by name', () => {
    const layout = createParameterLayout(network.parameterShapes(config, 2))
    expect(unpackParameters(layout, packParameters(layout, initialize(3)))).toEqual(initialize(3))
  })

  test('a missing or misshapen parameter is a bug that is named', () => {
    const layout = createParameterLayout(network.parameterShapes(config, 2))
    const [name] = layout.entries[0].name.split(' ')
    const incomplete = new Map([...initialize(3)].slice(1))
    expect(() => packParameters(layout, incomplete)).toThrow(name)
  })

  test('its reach is told, so that a file can be cut into windows', () => {
    const { frames, hopSec } = network.reach(config)
    expect(frames).toBeGreaterThan(0)
    expect(hopSec).toBeGreaterThan(0)
  })
})
