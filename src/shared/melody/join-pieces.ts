import type { Numbers } from '../dsp/numbers.ts'
import type { Stretch } from './split-melody.ts'

/** A stretch of a melody that is moved, by semitones per frame. Elsewhere nothing is. */
export interface MovedPiece extends Stretch {
  readonly shift: Float64Array
}

/** One shift goes over into the next within 30 ms, inside of what was edited. */
const JOIN_FRAMES = 6
/** In a pause of this length the shift may change at once: nobody hears it. */
const LEAST_PAUSE_FRAMES = 4

/**
 * The shift of every frame, without a leap where the voice goes on. A piece whose neighbor is not moved goes over inside
 * of itself, so that the neighbor stays as sung; two pieces meet halfway. Pieces are in time order and don't overlap.
 */
export function joinPieces(pieces: readonly MovedPiece[], f0Hz: Numbers): Float64Array {
  const result = new Float64Array(f0Hz.length)
  for (const { startFrame, shift } of pieces) result.set(shift, startFrame)
  pieces.forEach((piece, index) => {
    const [before, after] = [pieces[index - 1], pieces[index + 1]]
    if (piece.startFrame > 0)
      join(before?.endFrame === piece.startFrame ? before : null, piece, piece.startFrame, f0Hz, result)
    if (piece.endFrame < f0Hz.length && after?.startFrame !== piece.endFrame)
      join(piece, null, piece.endFrame, f0Hz, result)
  })
  return result
}

/** Lets the shift go over from the piece that ends at a frame to the one that begins there; null is not moved. */
function join(
  left: MovedPiece | null,
  right: MovedPiece | null,
  at: number,
  f0Hz: Numbers,
  result: Float64Array,
): void {
  const pause = pauseAt(f0Hz, at)
  if (pause.endFrame - pause.startFrame >= LEAST_PAUSE_FRAMES) {
    const middle = (pause.startFrame + pause.endFrame) >> 1
    for (let frame = Math.min(at, middle); frame < Math.max(at, middle); frame++)
      result[frame] = shiftAt(frame < middle ? left : right, frame)
    return
  }
  const length = left && right ? JOIN_FRAMES / 2 : JOIN_FRAMES
  const first = at - reach(left, length)
  const end = at + reach(right, length)
  for (let frame = first; frame < end; frame++) {
    const share = 0.5 - 0.5 * Math.cos((Math.PI * (frame - first + 0.5)) / (end - first))
    result[frame] = shiftAt(left, frame) * (1 - share) + shiftAt(right, frame) * share
  }
}

/** Not more than half a piece, so that its two ends don't meet. */
const reach = (piece: MovedPiece | null, length: number): number =>
  piece === null ? 0 : Math.min(length, piece.shift.length >> 1)

/** A piece's shift, held beyond its ends. */
function shiftAt(piece: MovedPiece | null, frame: number): number {
  if (piece === null) return 0
  return piece.shift[Math.min(Math.max(frame - piece.startFrame, 0), piece.shift.length - 1)]
}

/** The unvoiced frames around the place between a frame and the one before it. */
function pauseAt(f0Hz: Numbers, at: number): Stretch {
  let startFrame = at
  while (startFrame > 0 && !(f0Hz[startFrame - 1] > 0)) startFrame--
  let endFrame = at
  while (endFrame < f0Hz.length && !(f0Hz[endFrame] > 0)) endFrame++
  return { startFrame, endFrame }
}
