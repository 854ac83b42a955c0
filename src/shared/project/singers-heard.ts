import type { SingerId } from '../base/id.ts'
import { heardBlend, type Performance } from './performance.ts'

/** Everybody who sings in a performance: the main singer, then those of the blend that are heard, in its order. */
export const singersHeard = (performance: Performance): readonly SingerId[] => [
  performance.singerId,
  ...heardBlend(performance).map((part) => part.singerId),
]

/** What a render keeps of its singers' checkpoints, given in the order of `singersHeard`. */
export const joinDigests = (singers: readonly { readonly digest: string }[]): string =>
  singers.map(({ digest }) => digest).join('+')

/** The joined digests of a performance's singers; null when one of them isn't known. */
export function singersDigest(
  performance: Performance,
  digestOf: (singerId: SingerId) => string | null | undefined,
): string | null {
  const singers = singersHeard(performance).flatMap((id) => {
    const digest = digestOf(id)
    return typeof digest === 'string' ? [{ digest }] : []
  })
  return singers.length === singersHeard(performance).length ? joinDigests(singers) : null
}
