import { assert } from '../../base/assert.ts'
import type { Random } from '../../base/random.ts'
import {
  FEATURES,
  FRAME_SAMPLES,
  GROUPS_PER_FRAME,
  PHASE_CHANNELS,
  conditionFrames,
} from '../../networks/source-filter/config.ts'
import type { VocoderBatch } from '../../networks/vocoder-batch.ts'
import { conditionRows, type VocoderNormal } from '../../vocoder/condition.ts'
import { LAG_PERIODS } from '../../networks/wavenet-vocoder/config.ts'
import { createPeriodLags, type ReadLags } from '../../vocoder/period-lags.ts'
import { createPitchCourse, phaseRows, pulseTrain, type ReadPitch } from '../../vocoder/pitch-source.ts'
import { withTruePhase } from '../../vocoder/true-phase.ts'
import { framesOf, type VocoderClip } from './clip.ts'

/** A crop of a clip, in frames. */
export interface VocoderCrop {
  readonly clipIndex: number
  readonly firstFrame: number
}

/** Beyond this a whitened sound is a fault of its analysis: such crops are not learned from. */
const GREATEST_SAMPLE = 25
/** Beyond this it is clipped. */
const CLIPPED_AT = 12
/** Root mean square under which a crop is digital silence. */
const LEAST_LEVEL = 0.05
/** So often another crop is drawn in place of a useless one. */
const MOST_DRAWS = 20

/** Draws crops: a person by the square root of how long they are heard, one of their clips by its length, a place. */
export interface VocoderCropSampler {
  draw(random: Random): VocoderCrop
}

/** @param clips at least one as long as a crop */
export function createVocoderCrops(clips: readonly VocoderClip[], cropFrames: number): VocoderCropSampler {
  const people = [...Map.groupBy(clips.keys(), (index) => clips[index].person).values()]
    .map((indices) => indices.map((index) => ({ index, places: placesOf(clips[index], cropFrames) })))
    .map((own) => own.filter(({ places }) => places > 0))
    .filter((own) => own.length > 0)
  assert(people.length > 0, `no clip is as long as a crop of ${cropFrames} frames`)
  const shares = people.map((own) => Math.sqrt(total(own.map(({ places }) => places))))
  const drawOnce = (random: Random): VocoderCrop => {
    const own = people[drawIndex(shares, random)]
    const { index, places } =
      own[
        drawIndex(
          own.map((clip) => clip.places),
          random,
        )
      ] // by length
    return { clipIndex: index, firstFrame: random.integer(places) }
  }
  return {
    draw(random) {
      let crop = drawOnce(random)
      for (let draw = 1; draw < MOST_DRAWS && !isUseful(clips[crop.clipIndex], crop, cropFrames); draw++)
        crop = drawOnce(random)
      return crop
    },
  }
}

/** Crops that tell how a training goes: evenly spread over all that is held out. */
export function judgedCrops(clips: readonly VocoderClip[], cropFrames: number, count: number): readonly VocoderCrop[] {
  const all = clips.flatMap((clip, clipIndex) =>
    Array.from({ length: Math.floor(framesOf(clip) / cropFrames) }, (_, piece) => ({
      clipIndex,
      firstFrame: piece * cropFrames,
    })).filter((crop) => isUseful(clip, crop, cropFrames)),
  )
  if (all.length <= count) return all
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)])
}

const placesOf = (clip: VocoderClip, cropFrames: number): number => Math.max(framesOf(clip) - cropFrames + 1, 0)

function isUseful({ target }: VocoderClip, { firstFrame }: VocoderCrop, cropFrames: number): boolean {
  let most = 0
  let power = 0
  for (let at = firstFrame * FRAME_SAMPLES; at < (firstFrame + cropFrames) * FRAME_SAMPLES; at++) {
    most = Math.max(most, Math.abs(target[at]))
    power += target[at] * target[at]
  }
  return most <= GREATEST_SAMPLE && Math.sqrt(power / (cropFrames * FRAME_SAMPLES)) >= LEAST_LEVEL
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

function drawIndex(shares: readonly number[], random: Random): number {
  let left = random.uniform() * total(shares)
  for (let index = 0; index < shares.length - 1; index++) {
    left -= shares[index]
    if (left < 0) return index
  }
  return shares.length - 1
}

/** The pitch of a clip, worked out once. */
export interface ClipCourse {
  readonly pitch: ReadPitch
  readonly lags: ReadLags
}

export const createCourses = (clips: readonly VocoderClip[]): readonly ClipCourse[] =>
  clips.map(({ features: { f0 } }) => ({ pitch: createPitchCourse(f0), lags: createPeriodLags(f0) }))

/** What a step learns from, with two draws of noise for each crop. */
export function batchOfCrops(
  clips: readonly VocoderClip[],
  courses: readonly ClipCourse[],
  normal: VocoderNormal,
  crops: readonly VocoderCrop[],
  cropFrames: number,
  random: Random,
): VocoderBatch {
  const samples = cropFrames * FRAME_SAMPLES
  const phaseLength = cropFrames * GROUPS_PER_FRAME * PHASE_CHANNELS
  const featureLength = conditionFrames(cropFrames) * FEATURES
  const target = new Float32Array(crops.length * samples)
  const [pulses, turns] = [target, target].map(({ length }) => new Float32Array(length))
  const lags = LAG_PERIODS.map(() => new Float32Array(target.length))
  const phase = new Float32Array(crops.length * phaseLength)
  const features = new Float32Array(crops.length * featureLength)
  crops.forEach(({ clipIndex, firstFrame }, item) => {
    const clip = clips[clipIndex]
    const start = firstFrame * FRAME_SAMPLES
    const course = withTruePhase(courses[clipIndex].pitch(start, samples), clip.fundamental, start)
    const sound = clip.target.subarray(start, start + samples)
    target.set(
      sound.map((sample) => Math.min(Math.max(sample, -CLIPPED_AT), CLIPPED_AT)),
      item * samples,
    )
    pulses.set(pulseTrain(course), item * samples)
    courses[clipIndex].lags(start, samples).forEach((own, index) => lags[index].set(own, item * samples))
    // A part of a turn: whole ones are lost to single precision.
    turns.set(
      course.cycles.map((cycles) => cycles - Math.floor(cycles)),
      item * samples,
    )
    phase.set(phaseRows(course), item * phaseLength)
    features.set(conditionRows(clip.features, normal, firstFrame, cropFrames), item * featureLength)
  })
  const draw = () => Float32Array.from(target, () => random.normal())
  return { frameCount: cropFrames, target, pulses, lags, turns, phase, features, noise: [draw(), draw()] }
}
