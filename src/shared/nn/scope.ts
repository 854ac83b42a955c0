import { concat, dispose, engine, reshape, tidy, type Tensor } from '@tensorflow/tfjs-core'

/** Runs a computation that gives back plain data: every tensor made inside is released, also when it throws. */
export function releasingTensors<Data>(compute: () => Data): Data {
  engine().startScope()
  try {
    return compute()
  } finally {
    engine().endScope()
  }
}

/**
 * The numbers of the tensors that a computation gives, in order; every tensor made inside is released. To be awaited,
 * because a graphics processor answers later; all numbers cross in one transfer.
 */
export async function readTensors(compute: () => readonly Tensor[]): Promise<Float32Array[]> {
  const sizes: number[] = []
  const joined = tidy(() => {
    const found = compute()
    sizes.push(...found.map(({ size }) => size))
    const whole = concat(
      found.map((one) => reshape(one, [one.size])),
      0,
    )
    dispose([...found]) // also what was kept out of an inner scope
    return whole
  })
  try {
    const numbers = await joined.data<'float32'>()
    let end = 0
    return sizes.map((size) => numbers.subarray(end, (end += size)))
  } finally {
    joined.dispose()
  }
}
