import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  conditionFrames,
  FEATURES,
  GROUP,
  GROUPS_PER_FRAME,
  PHASE_CHANNELS,
  SOURCE_CHANNELS,
  sourceFilterSizes,
  sourceReach,
} from '../../../../src/shared/networks/source-filter/config.ts'
import { createSourceFilter, stretchReach } from '../../../../src/shared/networks/source-filter/inference.ts'
import { initializeSourceFilter } from '../../../../src/shared/networks/source-filter/initialize.ts'
import { excite } from '../../../../src/shared/networks/source-filter/network.ts'
import { sourceFilterShapes } from '../../../../src/shared/networks/source-filter/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'

beforeAll(() => setBackend('cpu'))

const config = sourceFilterSizes.tiny
const FRAMES = 6
const groups = FRAMES * GROUPS_PER_FRAME
const random = createRandom(5)
const parameters = initializeSourceFilter(config, random)
for (const [name, { values }] of parameters)
  if (name.endsWith('/bias')) values.set(values.map(() => 0.1 * random.normal()))
const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
const source = draw(groups * SOURCE_CHANNELS)
const phase = draw(groups * PHASE_CHANNELS)
const features = draw(conditionFrames(FRAMES) * FEATURES)
const whole = () => createSourceFilter(config, parameters)({ source, phase, features, before: 0, after: 0 })

async function withTensors(changed = source): Promise<Float32Array> {
  const layout = createParameterLayout(sourceFilterShapes(config))
  const [sound] = await readTensors(() => [
    excite(
      {
        source: tensor3d(changed, [1, groups, SOURCE_CHANNELS]),
        phase: tensor3d(phase, [1, groups, PHASE_CHANNELS]),
        features: tensor3d(features, [1, conditionFrames(FRAMES), FEATURES]),
      },
      toTensors(layout, packParameters(layout, parameters)),
      config,
    ),
  ])
  return sound
}

test('the compact network has the parameters and multiplications of the design', () => {
  const shapes = [...sourceFilterShapes(sourceFilterSizes.compact)]
  const count = ([, shape]: readonly [string, readonly number[]]) => shape.reduce((product, size) => product * size, 1)
  expect(shapes.reduce((sum, entry) => sum + count(entry), 0)).toBe(358_088)
  const weights = shapes.filter(([name]) => name.endsWith('/weight'))
  const perFrame = (name: string) => name.includes('condition')
  const multiplications = weights.reduce(
    (sum, entry) => sum + count(entry) / (perFrame(entry[0]) ? GROUP * GROUPS_PER_FRAME : GROUP),
    0,
  )
  expect(multiplications).toBeCloseTo(35_034, 0)
})

test('without tensors the network gives the numbers that it has with them', async () => {
  const plain = whole()
  const found = await withTensors()
  expect(plain).toHaveLength(groups * GROUP)
  found.forEach((value, index) => expect(Math.abs(value - plain[index])).toBeLessThan(1e-5))
})

test('a stretch with its context is bit for bit a part of the whole, at either end and between', () => {
  const sound = whole()
  const reach = stretchReach(config)
  for (const [from, to] of [
    [0, 2],
    [2, 4],
    [1, 6],
    [5, 6],
  ]) {
    const [start, end] = [from * GROUPS_PER_FRAME, to * GROUPS_PER_FRAME]
    const before = Math.min(reach, start)
    const after = Math.min(reach, groups - end)
    const rows = (values: Float32Array, width: number) => values.slice((start - before) * width, (end + after) * width)
    const firstFrame = (start - before) / GROUPS_PER_FRAME
    const frames = (end + after - start + before) / GROUPS_PER_FRAME
    const told = features.slice(firstFrame * FEATURES, (firstFrame + conditionFrames(frames)) * FEATURES)
    const stretch = { source: rows(source, SOURCE_CHANNELS), phase: rows(phase, PHASE_CHANNELS), features: told }
    const part = createSourceFilter(config, parameters)({ ...stretch, before, after })
    expect(part, `${from} to ${to}`).toEqual(sound.slice(start * GROUP, end * GROUP))
  }
})

test('a sample hears the source within its reach and no further', async () => {
  const still = await withTensors()
  const middle = groups / 2
  const moved = await withTensors(
    source.map((value, index) => value + (Math.floor(index / SOURCE_CHANNELS) === middle ? 1 : 0)),
  )
  const changed = Array.from({ length: groups }, (_, group) =>
    still.subarray(group * GROUP, (group + 1) * GROUP).some((value, at) => value !== moved[group * GROUP + at]),
  )
  expect(changed.indexOf(true)).toBe(middle - sourceReach(config))
  expect(changed.lastIndexOf(true)).toBe(middle + sourceReach(config))
})
