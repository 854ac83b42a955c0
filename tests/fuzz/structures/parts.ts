import type { Random } from '../../../src/shared/base/random.ts'
import { pick } from '../engine/mutate.ts'

const MOST_REPEATED_BYTES = 30_000

/** One of the changes that a list of chunks, boxes, pages or entries can suffer: one lost, twice, elsewhere, or itself changed. */
export function varyParts<Part>(
  parts: readonly Part[],
  random: Random,
  varyOne: (part: Part) => Part,
  bytesOf: (part: Part) => number = () => 1,
): readonly Part[] {
  if (parts.length === 0) return parts
  const at = random.integer(parts.length)
  const to = random.integer(parts.length + 1)
  const part = parts[at]
  const room = Math.ceil(MOST_REPEATED_BYTES / (bytesOf(part) + 1))
  return pick<() => readonly Part[]>(random, [
    () => parts.toSpliced(at, 1, varyOne(part)),
    () => parts.toSpliced(at, 1, varyOne(part)),
    () => parts.toSpliced(at, 1),
    () => parts.toSpliced(to, 0, part),
    () => parts.toSpliced(at, 1).toSpliced(to, 0, part),
    () => parts.slice(0, at),
    () => parts.toSpliced(to, 0, ...Array.from({ length: Math.min(pick(random, [2, 20, 1000]), room) }, () => part)),
  ])()
}
