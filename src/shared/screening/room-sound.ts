import { BAND_FRAMES_PER_SEC, SCREENED_BANDS, type BandFrames } from './band-frames.ts'

/** Whether a room is heard behind a voice. */
export interface RoomReport {
  /**
   * By how much, in dB, the sound falls within 150 ms where it falls most (the steepest hundredth of all places from
   * loud frames on, in ten regions of frequency). A dry voice stops; in a room its sound goes on.
   */
  readonly steepestFallDb: number | null
}

/** Regions of so many bands; the lowest holds hum and rumble, which no voice switches off. */
const BANDS_PER_REGION = 4
const FIRST_REGION = 1
const REGION_COUNT = SCREENED_BANDS / BANDS_PER_REGION
/** Late enough that early reflections are over, early enough that the next syllable has not begun. */
const FALL_FRAMES = [13, 14, 15].map((frames) => (frames * BAND_FRAMES_PER_SEC) / 100)
/** From frames within 10 dB of the region's loud ones. */
const LOUD_NEPERS = Math.log(10)
const LOUD_SHARE = 0.95
const STEEPEST_SHARE = 0.01
const FEWEST_PLACES = 100
const DB_PER_NEPER = 10 / Math.log(10)

/** Of mono sound; null where too little is loud to tell. */
export function measureRoom(frames: BandFrames): RoomReport {
  const falls: number[] = []
  const last = FALL_FRAMES[FALL_FRAMES.length - 1]
  for (let region = FIRST_REGION; region < REGION_COUNT; region++) {
    const levels = regionLevels(frames, region)
    const loud = Float32Array.from(levels).sort()[Math.floor(LOUD_SHARE * (levels.length - 1))] - LOUD_NEPERS
    for (let frame = 0; frame + last < levels.length; frame++) {
      if (levels[frame] <= loud) continue
      const after = FALL_FRAMES.reduce((least, ahead) => Math.min(least, levels[frame + ahead]), Infinity)
      falls.push(levels[frame] - after)
    }
  }
  if (falls.length < FEWEST_PLACES) return { steepestFallDb: null }
  const sorted = Float32Array.from(falls).sort()
  return { steepestFallDb: DB_PER_NEPER * sorted[Math.round((1 - STEEPEST_SHARE) * (sorted.length - 1))] }
}

/** ln of the power that a region's bands hold together. */
function regionLevels({ frameCount, logPower }: BandFrames, region: number): Float32Array {
  const levels = new Float32Array(frameCount)
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0
    const start = frame * SCREENED_BANDS + region * BANDS_PER_REGION
    for (let band = start; band < start + BANDS_PER_REGION; band++) sum += Math.exp(logPower[band])
    levels[frame] = Math.log(sum)
  }
  return levels
}
