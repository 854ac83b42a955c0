import { concat, mul, sigmoid, slice, square, sub, tensor1d, tidy, type Tensor3D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'

/**
 * Gated activation (van den Oord et al. 2016, eq. 2): tanh of the first half of the channels times the logistic
 * function of the second half. The tangent is taken as 2σ(2a) − 1, since σ is many times faster on WebAssembly.
 * @param h [B, T, 2C]
 * @returns [B, T, C]
 */
export function gate(h: Tensor3D): Tensor3D {
  const [B, T, both] = h.shape
  assert(both % 2 === 0, `a gate needs an even number of channels, not ${both}`)
  const C = both / 2
  return withGradient(
    [h],
    () => {
      const logistic = tidy(() => sigmoid(mul(h, doubledFirstHalf(C))))
      const tangent = tidy(() => sub<Tensor3D>(mul(slice(logistic, [0, 0, 0], [B, T, C]), 2), 1))
      const opening = slice(logistic, [0, 0, C], [B, T, C])
      return { value: mul<Tensor3D>(tangent, opening), saved: [tangent, opening] }
    },
    (dy, saved) => {
      const [tangent, opening] = saved as [Tensor3D, Tensor3D] // saved above in this order
      const passed = mul(dy, opening)
      const first = sub<Tensor3D>(passed, mul(passed, square(tangent)))
      const second = mul<Tensor3D>(mul(passed, tangent), sub(1, opening))
      return [concat([first, second], 2)]
    },
  )
}

const doubledFirstHalf = (C: number) => tensor1d(Float32Array.from({ length: 2 * C }, (_, c) => (c < C ? 2 : 1)))

/**
 * Gated linear unit (Dauphin et al. 2017): the first half of the channels times the logistic function of the second.
 * @param h [B, T, 2C]
 * @returns [B, T, C]
 */
export function gatedLinear(h: Tensor3D): Tensor3D {
  const [B, T, both] = h.shape
  assert(both % 2 === 0, `a gate needs an even number of channels, not ${both}`)
  const C = both / 2
  return withGradient(
    [h],
    () => {
      const content = slice(h, [0, 0, 0], [B, T, C])
      const opening = tidy(() => sigmoid(slice(h, [0, 0, C], [B, T, C])))
      return { value: mul<Tensor3D>(content, opening), saved: [content, opening] }
    },
    (dy, saved) => {
      const [content, opening] = saved as [Tensor3D, Tensor3D] // saved above in this order
      const first = mul<Tensor3D>(dy, opening)
      const second = mul<Tensor3D>(mul(first, content), sub(1, opening))
      return [concat([first, second], 2)]
    },
  )
}
