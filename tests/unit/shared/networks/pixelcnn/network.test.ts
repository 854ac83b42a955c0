import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor4d, ones, type Rank } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { pixelcnnSizes, reachOf } from '../../../../../src/shared/networks/pixelcnn/config.ts'
import { predict } from '../../../../../src/shared/networks/pixelcnn/network.ts'
import { pixelcnnShapes } from '../../../../../src/shared/networks/pixelcnn/parameters.ts'
import { createParameterLayout, toTensors } from '../../../../../src/shared/nn/parameters.ts'
import { maskedWeight, pixelMask, type PixelMask } from '../../../../../src/shared/nn/pixel-mask.ts'
import { readTensors } from '../../../../../src/shared/nn/scope.ts'
import { goldenNetworks } from '../../../../golden/networks-fixture.ts'

beforeAll(() => setBackend('cpu'))

const blocks = goldenNetworks.blocks as {
  readonly pixel_masks: Readonly<Record<'A3' | 'B3' | 'A5' | 'B5', readonly (readonly number[])[]>>
} // our own fixture

test('the masks are those of the reference, on the weights of a convolution too', async () => {
  for (const mask of ['A', 'B'] as const)
    for (const size of [3, 5] as const) {
      const expected = blocks.pixel_masks[`${mask}${size}`]
      expect(pixelMask(size, mask)).toEqual(expected)
      const [weight] = await readTensors(() => [maskedWeight(ones<Rank.R4>([size, size, 1, 1]), mask)])
      // Weights lie column by column.
      expect(Array.from(weight)).toEqual(expected[0].flatMap((_, column) => expected.map((row) => row[column])))
    }
})

test('two halves make each mask', () => {
  const sum = (one: PixelMask, other: PixelMask) =>
    pixelMask(5, one).map((row, y) => row.map((value, x) => value + pixelMask(5, other)[y][x]))
  expect(sum('rows-above', 'left')).toEqual(pixelMask(5, 'A'))
  expect(sum('rows-above', 'left-and-itself')).toEqual(pixelMask(5, 'B'))
})

test('a place is told of all places before it within the reach, none behind, and there is no blind spot', async () => {
  const config = pixelcnnSizes.tiny
  const layout = createParameterLayout(pixelcnnShapes(config))
  const weights = Float32Array.from({ length: layout.count }, (_, i) => 0.4 * Math.sin(1 + 0.37 * i + 2 * Math.sin(i)))
  const [H, W] = [9, 9]
  const outputs = async (x: Float32Array) =>
    (await readTensors(() => [predict(tensor4d(x, [1, H, W, 1]), toTensors(layout, weights), config)]))[0]
  const x = Float32Array.from({ length: H * W }, (_, i) => Math.sin(i))
  const before = await outputs(x)
  const [row, column] = [4, 4]
  const reach = reachOf(config)
  const width = 3 * config.logistics
  const after = await outputs(x.map((value, i) => (i === row * W + column ? value + 1 : value)))
  for (let y = 0; y < H; y++)
    for (let at = 0; at < W; at++) {
      const from = (y * W + at) * width
      const isTold = before.subarray(from, from + width).some((value, index) => value !== after[from + index])
      const isBehind = y > row || (y === row && at > column)
      // The upper stack sees so far to the sides too, so that the far corner is told as well.
      const isNear = y - row <= reach && Math.abs(at - column) <= reach
      expect([y, at, isTold]).toEqual([y, at, isBehind && isNear])
    }
})
