import '@tensorflow/tfjs-backend-cpu'
import { grads, setBackend, tensor3d, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { monteCarloDivergence } from '../../../../src/shared/nn/monte-carlo-divergence.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'

beforeAll(() => setBackend('cpu'))

const options = { levels: 65_536, leastLogScale: -9 }

/** Standard logistic numbers whose levels lie evenly: as good as very many drawn ones. */
const even = (draws: number) =>
  Float32Array.from({ length: draws }, (_, index) => {
    const u = (index + 0.5) / draws
    return Math.log(u) - Math.log(1 - u)
  })

async function divergence(student: readonly [number, number], teacher: readonly number[], draws = 4000) {
  const [[value]] = await readTensors(() => [
    monteCarloDivergence(
      { mean: tensor3d([student[0]], [1, 1, 1]), logScale: tensor3d([student[1]], [1, 1, 1]) },
      tensor3d([...teacher], [1, 1, teacher.length]),
      tensor3d(even(draws), [1, 1, draws]),
      options,
    ),
  ])
  return value
}

const density = (x: number, mean: number, logScale: number) => {
  const e = Math.exp(-Math.abs(x - mean) / Math.exp(logScale))
  return e / (Math.exp(logScale) * (1 + e) ** 2)
}

test('a teacher that says the same as its student is no distance away', async () => {
  expect(Math.abs(await divergence([0.1, -4], [0, 0.1, -4]))).toBeLessThan(2e-3)
})

test('a wider, moved or twofold teacher is as far away as the integral says', async () => {
  const [mean, logScale] = [0.05, -3.5]
  for (const teacher of [
    [0, 0.05, -2.5],
    [0, 0.15, -3.5],
    [0, 1, -0.1, 0.1, -3, -3.3],
  ]) {
    const M = teacher.length / 3
    const weights = teacher.slice(0, M).map(Math.exp)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let integral = 0
    const step = 1e-4
    for (let x = -0.95; x < 0.95; x += step) {
      const p = density(x, mean, logScale)
      const q = weights.reduce((sum, w, k) => sum + (w / total) * density(x, teacher[M + k], teacher[2 * M + k]), 0)
      integral += p * Math.log(p / q) * step
    }
    expect(await divergence([mean, logScale], teacher)).toBeCloseTo(integral, 2)
  }
})

test('its gradient is the slope of the divergence, for the student and for the teacher', () => {
  const random = createRandom(2)
  const normal = (count: number, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal())
  const [B, T, draws] = [2, 3, 4]
  // Of finer levels a single one is too improbable for differences in single precision.
  const coarse = { levels: 256, leastLogScale: -9 }
  const standard = Float32Array.from({ length: B * T * draws }, () => {
    const u = 0.02 + 0.96 * random.uniform()
    return Math.log(u) - Math.log(1 - u)
  })
  const values = [
    normal(B * T, 0.1),
    normal(B * T, 0.3).map((value) => value - 2),
    normal(B * T * 6, 0.2).map((value, index) => (index % 6 > 3 ? value - 2 : value)),
  ]
  const shapes = [1, 1, 6].map((wide): [number, number, number] => [B, T, wide])
  // Each is given as it was made below: three axes.
  const asThree = (x: Tensor) => x as Tensor3D
  const loss = (mean: Tensor, logScale: Tensor, teacher: Tensor) =>
    monteCarloDivergence(
      { mean: asThree(mean), logScale: asThree(logScale) },
      asThree(teacher),
      tensor3d(standard, [B, T, draws]),
      coarse,
    )
  const tensorsOf = (all: readonly Float32Array[]) => all.map((value, index) => tensor3d(value, shapes[index]))
  const slopes = grads(loss)(tensorsOf(values))
  values.forEach((value, index) => {
    const slope = slopes[index].dataSync()
    const length = Math.hypot(...slope)
    const width = 1e-3
    const moved = (scale: number) => {
      const changed = values.map((other, at) =>
        at === index ? value.map((v, i) => v + (scale * slope[i]) / length) : other,
      )
      const [mean, logScale, teacher] = tensorsOf(changed)
      return loss(mean, logScale, teacher).dataSync()[0]
    }
    expect((moved(width) - moved(-width)) / (2 * width) / length).toBeCloseTo(1, 2)
  })
})
