import type { Numbers } from '../../dsp/numbers.ts'
import { countVoiced, throughUnvoiced } from '../auxiliary.ts'
import { FRAMES_PER_SEC } from '../features.ts'
import { isZero, valueAt } from '../over-frames.ts'
import type { EmotionStatistics } from './definition.ts'
import { keepNotes } from './keep-notes.ts'
import { splitMovements, type Movements } from './movements.ts'
import { noteCenters } from './note-centers.ts'
import { findPhrases, type Phrase } from './phrases.ts'
import type { EmotionManner } from './prepared-emotion.ts'
import { atVibratoRate } from './vibrato-rate.ts'

/** A slope moves neither end of a phrase further than this, however long it is. */
const GREATEST_SLOPE_OCTAVES = 0.2
/** What moves around notes and means is not made larger than this in all, or smaller: beyond it voices break. */
const GREATEST_SPREAD_LOG = Math.log(2.5)

/**
 * A table's range is that of the whole pitch, of which the fall of each phrase stays as it is, and a tracker's slips hide
 * some of its tremor: asked of speech so much, what moves around the falls comes nearest to real emotion. Chosen on five
 * of the ten people of EmoDB (`models/train/EXPERIMENTS.md`).
 */
const SPOKEN_MOVEMENT_SHARE = 1.6
/** Speech that is raised by all of a table's level is heard as somebody else's sooner than as more of the emotion; chosen likewise. */
const SPOKEN_LEVEL_SHARE = 0.7

/**
 * Octaves by which pitch moves per 5 ms frame, or null for the identity. Spoken: level and slope, and range, tremor and
 * jitter around the mean of the voiced frames. Sung: the notes stay where they are, and what moves around them (scoops,
 * vibrato, jitter) is made larger or smaller, vibrato also faster or slower. An intensity of 0 is the identity.
 */
export function expressPitch(
  f0: Numbers,
  statistics: EmotionStatistics,
  { intensity, isSung }: EmotionManner,
): Float64Array | null {
  if (isZero(intensity) || countVoiced(f0) === 0) return null
  const pitch = throughUnvoiced(f0, Math.log2)
  const centers = isSung ? noteCenters(f0) : phraseLines(pitch, f0)
  const parts = splitMovements(pitch.map((value, frame) => value - centers[frame]))
  const tremor = isSung ? atVibratoRate(parts.tremor, f0, statistics.tremorRateLogRatio, intensity) : parts.tremor
  const spread = spreadParts(parts, tremor, isSung ? statistics : asSpoken(statistics), intensity)
  if (isSung) return keepNotes(spread, pitch, f0).map((move, frame) => (valueAt(intensity, frame) === 0 ? 0 : move))
  const slopes = phraseSlopes(f0, statistics.pitchSlopeOctavesPerSec)
  const level = SPOKEN_LEVEL_SHARE * statistics.pitchOffsetOctaves
  return spread.map((move, frame) => move + valueAt(intensity, frame) * (level + slopes[frame]))
}

const asSpoken = (table: EmotionStatistics): EmotionStatistics => ({
  ...table,
  pitchSpreadLogRatio: SPOKEN_MOVEMENT_SHARE * table.pitchSpreadLogRatio,
  tremorLogRatio: SPOKEN_MOVEMENT_SHARE * table.tremorLogRatio,
})

/** The move of each frame. `tremor`: the parts' own, at its new rate. */
function spreadParts(
  parts: Movements,
  tremor: Float64Array,
  table: EmotionStatistics,
  intensity: EmotionManner['intensity'],
): Float64Array {
  return parts.contour.map((slow, frame) => {
    const a = valueAt(intensity, frame)
    return (
      slow * growth(a * table.pitchSpreadLogRatio) +
      tremor[frame] * (1 + growth(a * table.tremorLogRatio)) -
      parts.tremor[frame] +
      parts.jitter[frame] * growth(a * table.jitterLogRatio)
    )
  })
}

/** What is added to a part whose deviation changes by this logarithmic ratio. */
const growth = (logRatio: number): number =>
  Math.expm1(Math.min(Math.max(logRatio, -GREATEST_SPREAD_LOG), GREATEST_SPREAD_LOG))

/** Octaves per frame that turn each phrase by a slope around its middle. */
function phraseSlopes(f0: Numbers, octavesPerSec: number): Float64Array {
  const slopes = new Float64Array(f0.length)
  for (const { startFrame, endFrame } of findPhrases(f0)) {
    const half = (endFrame - startFrame) / 2
    const end = held((octavesPerSec * half) / FRAMES_PER_SEC, GREATEST_SLOPE_OCTAVES)
    for (let frame = startFrame; frame < endFrame; frame++) slopes[frame] = (end * (frame - startFrame - half)) / half
  }
  return slopes
}

/** The mean of the voiced frames, and in phrases the fall or rise around it: slopes are changed by themselves. */
function phraseLines(pitch: Numbers, f0: Numbers): Float64Array {
  const lines = new Float64Array(f0.length).fill(voicedMean(f0))
  for (const phrase of findPhrases(f0)) {
    const { centerFrame, octavesPerFrame } = fittedLine(pitch, f0, phrase)
    for (let frame = phrase.startFrame; frame < phrase.endFrame; frame++)
      lines[frame] += octavesPerFrame * (frame - centerFrame)
  }
  return lines
}

/** The line of least squares through the voiced frames of a phrase. */
function fittedLine(pitch: Numbers, f0: Numbers, { startFrame, endFrame }: Phrase) {
  let [count, frames, octaves, squares, products] = [0, 0, 0, 0, 0]
  for (let frame = startFrame; frame < endFrame; frame++) {
    if (!(f0[frame] > 0)) continue
    count++
    frames += frame
    octaves += pitch[frame]
    squares += frame * frame
    products += frame * pitch[frame]
  }
  const spread = count * squares - frames * frames
  const octavesPerFrame = spread > 0 ? (count * products - frames * octaves) / spread : 0
  return { centerFrame: frames / count, octavesPerFrame }
}

const held = (value: number, limit: number): number => Math.min(Math.max(value, -limit), limit)

function voicedMean(f0: Numbers): number {
  let sum = 0
  for (const hz of f0) if (hz > 0) sum += Math.log2(hz)
  return sum / countVoiced(f0)
}
