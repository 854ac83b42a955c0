import {
  tensor1d,
  tensor3d,
  tidy,
  valueAndGrads,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { createRandom } from '../../src/shared/base/random.ts'
import { relu } from '../../src/shared/nn/activation.ts'
import { convolve } from '../../src/shared/nn/conv.ts'
import { addResidual } from '../../src/shared/nn/join.ts'
import { meanSquare } from '../../src/shared/nn/mean.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'

/** The network that engines are compared by: residual dilated convolutions, as in every published system. */
const [CHANNELS, TAPS, LAYERS] = [64, 3, 10]
const dilationOf = (layer: number) => 2 ** (layer % 5)

export interface DilatedNetwork {
  /** Multiplications and additions of one training step on `items` × `frames`, in 10⁹. */
  gflop(items: number, frames: number): number
  /** Loss and gradient of noise against noise. */
  train(items: number, frames: number): Promise<number>
  /** One forward pass of noise. */
  infer(frames: number): Promise<void>
  dispose(): void
}

/** Its tensors live on the engine that is set. */
export function createDilatedNetwork(): DilatedNetwork {
  const random = createRandom(1)
  const noise = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => scale * (2 * random.uniform() - 1))
  const weights: Tensor[] = Array.from({ length: LAYERS }, () => [
    tensor3d(noise(TAPS * CHANNELS * CHANNELS, 0.05), [TAPS, CHANNELS, CHANNELS]),
    tensor1d(new Float32Array(CHANNELS)),
  ]).flat()
  const forward = (x: Tensor3D, own: readonly Tensor[]): Tensor3D => {
    let h = x
    for (let layer = 0; layer < LAYERS; layer++) {
      // Laid down above in this order.
      const [weight, bias] = [own[2 * layer] as Tensor3D, own[2 * layer + 1] as Tensor1D]
      h = addResidual(h, relu(convolve(h, weight, bias, dilationOf(layer))))
    }
    return h
  }
  const inputs = new Map<string, Tensor3D>()
  const draw = (name: string, items: number, frames: number): Tensor3D => {
    const key = `${name} ${items} ${frames}`
    const found = inputs.get(key) ?? tensor3d(noise(items * frames * CHANNELS, 1), [items, frames, CHANNELS])
    inputs.set(key, found)
    return found
  }
  return {
    gflop: (items, frames) => (3 * 2 * LAYERS * items * frames * TAPS * CHANNELS * CHANNELS) / 1e9,
    async train(items, frames) {
      const [x, y] = [draw('x', items, frames), draw('y', items, frames)]
      const [loss] = await readTensors(() => {
        const { value, grads } = valueAndGrads((...own: Tensor[]) => meanSquare(forward(x, own), y))(weights)
        return [value, ...grads]
      })
      return loss[0]
    },
    async infer(frames) {
      const x = draw('x', 1, frames)
      await readTensors(() => [tidy(() => forward(x, weights))])
    },
    dispose() {
      for (const tensor of [...weights, ...inputs.values()]) tensor.dispose()
    },
  }
}
