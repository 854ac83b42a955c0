/**
 * Where a long sound is cut so that its parts can be sung at once. Cuts depend on the sound alone: never on who sings
 * it, so that a song is the same on any number of threads.
 */
export interface CutOptions {
  /** Frames that a part should have, and the most that it may have. */
  readonly aimFrames: number
  readonly mostFrames: number
}

/** A part of a sound, and what is sung with it to be thrown away or blended: all in frames. */
export interface CutPart {
  /** What is heard of it, `toFrame` excluded. */
  readonly fromFrame: number
  readonly toFrame: number
  /** It is sung from here, so that the decoder is in the middle of things where it is heard, */
  readonly leadFrame: number
  /** and up to here, so that the next part is blended in. */
  readonly tailFrame: number
}

/** Shorter parts than this are not worth their lead. */
const LEAST_AIM_SEC = 1.5
const MOST_AIM_SEC = 6
/** A short sound is cut into so many parts: enough for two threads' lock-step. */
const WISHED_PARTS = 16
const MOST_OVER_AIM = 2

/** What is aimed at for a sound of so many frames. */
export function cutOptionsFor(frameCount: number, framesPerSec: number): CutOptions {
  const aimSec = Math.min(Math.max(frameCount / framesPerSec / WISHED_PARTS, LEAST_AIM_SEC), MOST_AIM_SEC)
  const aimFrames = Math.round(aimSec * framesPerSec)
  return { aimFrames, mostFrames: MOST_OVER_AIM * aimFrames }
}

/**
 * Parts of a sound, cut where it is quietest around the aimed length.
 * @param energies of each frame of the sound that is followed
 * @param reachFrames the decoder's reach: so long it takes until a part's beginning is forgotten
 */
export function cutAtQuietPlaces(
  energies: ArrayLike<number>,
  { aimFrames, mostFrames }: CutOptions,
  reachFrames: number,
): readonly CutPart[] {
  const frameCount = energies.length
  const cuts = [0]
  for (let from = 0; frameCount - from > mostFrames;) {
    from = quietestBoundary(energies, from + Math.ceil(aimFrames / 2), from + mostFrames - Math.floor(aimFrames / 2))
    cuts.push(from)
  }
  return cuts.map((fromFrame, index) => {
    const toFrame = cuts[index + 1] ?? frameCount
    return {
      fromFrame,
      toFrame,
      leadFrame: Math.max(fromFrame - reachFrames, 0),
      tailFrame: Math.min(toFrame + 1, frameCount),
    }
  })
}

/** The frame's start with the least energy on both its sides; of equals the first. */
function quietestBoundary(energies: ArrayLike<number>, from: number, to: number): number {
  let best = from
  let least = Infinity
  for (let boundary = from; boundary <= Math.min(to, energies.length - 1); boundary++) {
    const energy = energies[boundary - 1] + energies[boundary]
    if (energy < least) {
      least = energy
      best = boundary
    }
  }
  return best
}

/** Mean squares of each frame of `hop` samples; what is missing at the end counts as silence. */
export function frameEnergies(samples: Float32Array, hop: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(samples.length / hop) }, (_, frame) => {
    let sum = 0
    for (const sample of samples.subarray(frame * hop, (frame + 1) * hop)) sum += sample * sample
    return sum / hop
  })
}
