import { BAND_FRAMES_PER_SEC, frameLevels, type BandFrames } from './band-frames.ts'

/** A span of a clip that is learned from. */
export interface ClipSlice {
  readonly startSec: number
  readonly endSec: number
}

/** Frames within 30 dB of the loud ones sound: what the network calls active. */
const ACTIVE_NEPERS = 6.9
const LOUD_SHARE = 0.95
/** A pause that parts two phrases, as in the held-out phrases of a training. */
const PAUSE_FRAMES = 0.3 * BAND_FRAMES_PER_SEC
/** Breath before and the end of a tail after belong to a phrase. */
const MARGIN_FRAMES = 0.15 * BAND_FRAMES_PER_SEC
/** Less sound is a click, a cough or a creak. */
const LEAST_ACTIVE_FRAMES = 0.2 * BAND_FRAMES_PER_SEC
/** Long enough to hold several crops, short enough that switching one off costs little. */
const LONGEST_FRAMES = 15 * BAND_FRAMES_PER_SEC
const SHORTEST_CUT_FRAMES = 6 * BAND_FRAMES_PER_SEC
/** A cut falls where least is heard over so many frames. */
const QUIET_FRAMES = 5
/** Phrases nearer than this stay in one slice as long as it is no longer than the longest. */
const JOINED_FRAMES = 0.8 * BAND_FRAMES_PER_SEC

interface Run {
  readonly start: number
  readonly end: number
}

/**
 * Cuts a clip at quiet places: slices of at most 15 s that hold everything that sounds, without its long pauses. In
 * order, apart from each other; none where nothing sounds.
 */
export function cutSlices(frames: BandFrames): ClipSlice[] {
  const levels = frameLevels(frames)
  const loud = Float32Array.from(levels).sort()[Math.floor(LOUD_SHARE * (levels.length - 1))]
  const phrases = soundingRuns(levels, loud - ACTIVE_NEPERS)
  const slices: Run[] = []
  for (const phrase of phrases.flatMap((run) => cutLong(run, levels))) {
    const last = slices[slices.length - 1]
    const isNear = last !== undefined && phrase.start - last.end < JOINED_FRAMES
    if (isNear && phrase.end - last.start <= LONGEST_FRAMES && !touches(last, phrase))
      slices[slices.length - 1] = { start: last.start, end: phrase.end }
    else slices.push(phrase)
  }
  return withMargins(slices, levels.length).map(({ start, end }) => ({
    startSec: start / BAND_FRAMES_PER_SEC,
    endSec: end / BAND_FRAMES_PER_SEC,
  }))
}

/** Both were one phrase before it was cut for its length. */
const touches = (before: Run, after: Run): boolean => before.end === after.start

function soundingRuns(levels: Float32Array, threshold: number): Run[] {
  const runs: Run[] = []
  let start = -1
  let lastActive = -1
  let active = 0
  for (let frame = 0; frame <= levels.length; frame++) {
    const isOver = frame === levels.length || (start >= 0 && frame - lastActive > PAUSE_FRAMES)
    if (isOver && start >= 0) {
      if (active >= LEAST_ACTIVE_FRAMES) runs.push({ start, end: lastActive + 1 })
      start = -1
    }
    if (frame === levels.length || levels[frame] <= threshold) continue
    if (start < 0) [start, active] = [frame, 0]
    lastActive = frame
    active++
  }
  return runs
}

/** At its quietest place, again and again, until no part is too long. */
function cutLong(run: Run, levels: Float32Array): Run[] {
  if (run.end - run.start <= LONGEST_FRAMES) return [run]
  const last = Math.min(run.start + LONGEST_FRAMES, run.end - SHORTEST_CUT_FRAMES)
  let cut = run.start + SHORTEST_CUT_FRAMES
  let least = Infinity
  for (let frame = cut; frame <= last; frame++) {
    let sum = 0
    for (let near = frame - QUIET_FRAMES; near < frame + QUIET_FRAMES; near++) sum += levels[near]
    if (sum < least) [cut, least] = [frame, sum]
  }
  return [{ start: run.start, end: cut }, ...cutLong({ start: cut, end: run.end }, levels)]
}

/** Into the pauses around it, to half of them at most. */
function withMargins(slices: readonly Run[], frameCount: number): Run[] {
  return slices.map(({ start, end }, index) => {
    const before = index === 0 ? start : Math.floor((start - slices[index - 1].end) / 2)
    const after = index === slices.length - 1 ? frameCount - end : Math.floor((slices[index + 1].start - end) / 2)
    return { start: start - Math.min(MARGIN_FRAMES, before), end: end + Math.min(MARGIN_FRAMES, after) }
  })
}
