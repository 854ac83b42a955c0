import type { Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { GainPoint } from '../../shared/project/envelope.ts'
import { partEnd, type Heard, type Part } from './arrangement.ts'
import { convertedStretches, type Stretch } from './heard-spans.ts'
import { createLine, type Line, type Pieces } from './line.ts'
import type { Pass } from './passes.ts'
import { shapedGain } from './shaped-gain.ts'

/** A part that is scheduled in the audio clock and can still be switched or stopped. */
export interface Voice {
  readonly part: Part
  readonly endFrame: number
  /** Original against converted: linear over ten milliseconds, because both are nearly the same signal. */
  listen(heard: Heard, atSec: number, originalGain?: Gain): void
  /** Starts what of its media begins before a frame and is loaded by now, not before `earliestFrame`. */
  fill(untilFrame: number, earliestFrame: number): void
  /** Lets the sound die away within five milliseconds from then on. */
  release(atSec: number): void
}

export interface StartOptions {
  readonly pass: Pass
  readonly envelope: readonly GainPoint[]
  readonly heard: Heard
  /** Makes the original as loud as what was converted from it, while one compares; 1 leaves it. */
  readonly originalGain?: Gain
  /** Not before this frame: a part that comes late starts within itself. */
  readonly earliestFrame: number
  /** A sound that begins in the middle of a play rises within five milliseconds. */
  readonly isJoining: boolean
  /** What is loaded of the media; the rest is started by `fill`. */
  readonly pieces: Pieces
  readonly fillUntilFrame: number
  /** The gain of each of the part's takes over the timeline; empty without a comp. */
  readonly takeEnvelopes: readonly (readonly GainPoint[])[]
  readonly output: AudioNode
}

const RELEASE_SEC = 0.005

/**
 * Schedules one part of one pass on any audio context, live or offline. Every time is an integer frame divided by
 * the rate, and the end is a `stop`, never a duration: so neighboring regions join without a doubled or lost sample.
 * Null when nothing of the part lies in the pass.
 */
export function startPart(context: BaseAudioContext, part: Part, options: StartOptions): Voice | null {
  const { pass, earliestFrame } = options
  const rateHz = context.sampleRate
  const earliest = pass.fromSamples + Math.max(0, earliestFrame - pass.frame)
  const from = Math.max(part.startSamples, earliest)
  const until = Math.min(partEnd(part), pass.untilSamples)
  if (until <= from) return null
  const frameOf = (position: Samples): number => pass.frame + position - pass.fromSamples
  const door = new GainNode(context, { gain: options.isJoining ? 0 : 1 })
  door.connect(options.output)
  if (options.isJoining) {
    door.gain.setValueAtTime(0, frameOf(from) / rateHz)
    door.gain.linearRampToValueAtTime(1, frameOf(from) / rateHz + RELEASE_SEC)
  }
  const level = shapedGain(context, { envelope: options.envelope, from, until, frameOf }, door)
  const gains = [level]
  const onOver = (): void => {
    if (lines.every((line) => line.isOver)) door.disconnect()
  }
  const play = (sound: Stretch, volume: Gain, output: AudioNode = level.input): Line | null => {
    const [first, last] = [Math.max(from, sound.startSamples), Math.min(until, sound.endSamples)]
    if (last <= first) return null
    const offset = sound.mediaStartSamples + first - part.startSamples
    const { pieces } = options
    const [startFrame, endFrame] = [frameOf(first), frameOf(last)]
    return createLine(context, { pieces, mediaId: sound.mediaId, offset, startFrame, endFrame, volume, output, onOver })
  }
  const whole = { startSamples: part.startSamples, endSamples: partEnd(part) }
  const originalGain = options.originalGain ?? 1
  const { mediaId, startSamples: mediaStartSamples } = part.original
  const original = play({ mediaId, mediaStartSamples, ...whole }, options.heard === 'original' ? originalGain : 0)
  const convertedGain = options.heard === 'converted' ? 1 : 0
  const converted = convertedStretches(part)
    .map((stretch, index) => {
      const envelope = options.takeEnvelopes[index] ?? []
      const [first, last] = [Math.max(from, stretch.startSamples), Math.min(until, stretch.endSamples)]
      if (envelope.length < 2 || last <= first) return play(stretch, convertedGain)
      const fade = shapedGain(context, { envelope, from: first, until: last, frameOf }, level.input)
      gains.push(fade)
      return play(stretch, convertedGain, fade.input)
    })
    .filter((line) => line !== null)
  const lines = original ? [original, ...converted] : converted
  const fill = (untilFrame: number, notBefore: number): void => {
    for (const line of lines) line.fill(untilFrame, notBefore)
  }
  fill(options.fillUntilFrame, frameOf(from))
  return {
    part,
    endFrame: frameOf(until),
    fill,
    listen(heard, atSec, matchedGain = originalGain) {
      original?.fader.moveTo(heard === 'original' ? matchedGain : 0, atSec)
      for (const line of converted) line.fader.moveTo(heard === 'converted' ? 1 : 0, atSec)
    },
    release(atSec) {
      if (options.isJoining) door.gain.cancelAndHoldAtTime(atSec)
      else door.gain.setValueAtTime(1, atSec)
      door.gain.linearRampToValueAtTime(0, atSec + RELEASE_SEC)
      for (const line of lines) line.stop(atSec + RELEASE_SEC)
      for (const gain of gains) gain.stop(atSec + RELEASE_SEC)
    },
  }
}
