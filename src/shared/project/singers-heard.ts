import type { PerformerId } from '../base/id.ts'
import { heardBlend, type Performance } from './performance.ts'

/** Everybody who performs: the main singer or the domain, then those of the blend that are heard, in its order. */
export const singersHeard = (performance: Performance): readonly PerformerId[] => [
  performance.singerId,
  ...heardBlend(performance).map((part) => part.singerId),
]

/** What a render keeps of its singers' checkpoints, given in the order of `singersHeard`. */
export const joinDigests = (singers: readonly { readonly digest: string }[]): string =>
  singers.map(({ digest }) => digest).join('+')

/** The joined digests of a performance's singers; null when one of them isn't known. */
export function singersDigest(
  performance: Performance,
  digestOf: (performerId: PerformerId) => string | null | undefined,
): string | null {
  const singers = singersHeard(performance).flatMap((id) => {
    const digest = digestOf(id)
    return typeof digest === 'string' ? [{ digest }] : []
  })
  return singers.length === singersHeard(performance).length ? joinDigests(singers) : null
}
