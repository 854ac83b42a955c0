import { dispose, profile, tidy, type Tensor } from '@tensorflow/tfjs-core'

/** The most bytes of tensors that a computation holds at once, as the tensor library counts them on any engine. */
export async function measurePeakBytes(compute: () => readonly Tensor[]): Promise<number> {
  const { peakBytes, result } = await profile(() =>
    tidy(() => {
      const [first, ...rest] = compute()
      dispose(rest) // also what was kept out of an inner scope
      return first
    }),
  )
  dispose(result)
  return peakBytes
}

/** The same of a computation that releases its tensors itself and gives numbers. */
export async function measureWholePeakBytes(compute: () => Promise<unknown>): Promise<number> {
  const { peakBytes } = await profile(async () => {
    await compute()
    return []
  })
  return peakBytes
}
