import { isSameSound, partEnd, type Part } from './arrangement.ts'

/** Parts whose crossfades change because another part of the strip came, went or moved. */
export function partsToRestart(before: readonly Part[], after: readonly Part[]): ReadonlySet<string> {
  const old = new Map(before.map((part) => [part.id, part]))
  const fresh = new Map(after.map((part) => [part.id, part]))
  const moved = [
    ...after.filter((part) => !isUnchanged(old.get(part.id), part)),
    ...before.filter((part) => !isUnchanged(fresh.get(part.id), part)),
  ]
  const touched = after.filter((part) =>
    moved.some(
      (other) =>
        other.stripId === part.stripId && other.startSamples < partEnd(part) && part.startSamples < partEnd(other),
    ),
  )
  return new Set(touched.map((part) => part.id))
}

const isUnchanged = (a: Part | undefined, b: Part): boolean => a !== undefined && isSameSound(a, b)
