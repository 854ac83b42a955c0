import { concatenated } from '../../../src/shared/base/concatenated.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { mutate } from '../engine/mutate.ts'
import { varyParts } from './parts.ts'

const noMaterial = { others: [new Uint8Array(4)], words: [] }

/** A change to a stream of frames that begin with a sync word (MPEG, ADTS, FLAC), frame by frame. */
export const varyFrames =
  (second: number, mask: number) =>
  (file: Uint8Array, random: Random): Uint8Array | null => {
    const starts: number[] = [0]
    for (let at = 1; at + 1 < file.length; at++)
      if (file[at] === 0xff && (file[at + 1] & mask) === second) starts.push(at)
    if (starts.length < 2) return null
    const frames = starts.map((start, index) => file.slice(start, starts[index + 1] ?? file.length))
    return concatenated(
      varyParts<Uint8Array>(
        frames,
        random,
        (frame) => mutate(frame, random, noMaterial),
        (frame) => frame.length,
      ),
      Uint8Array,
    )
  }
