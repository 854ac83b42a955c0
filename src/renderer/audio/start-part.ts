import type { Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { GainPoint } from '../../shared/project/envelope.ts'
import type { MediaId } from '../../shared/contract/media.ts'
import { partEnd, type Heard, type Part } from './arrangement.ts'
import type { Pass } from './passes.ts'
import { shapedGain } from './shaped-gain.ts'
import { startSecOf } from './start-time.ts'

/** A part that is scheduled in the audio clock and can still be switched or stopped. */
export interface Voice {
  readonly part: Part
  readonly endFrame: number
  /** Original against converted: linear over ten milliseconds, because both are nearly the same signal. */
  listen(heard: Heard, atSec: number, originalGain?: Gain): void
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
  /** Null for media that could not be had. */
  bufferOf(id: MediaId): AudioBuffer | null
  /** The gain of each of the part's takes over the timeline; empty without a comp. */
  readonly takeEnvelopes: readonly (readonly GainPoint[])[]
  readonly output: AudioNode
}

/** Length of the ramp between original and converted. */
const SWITCH_SEC = 0.01
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
  const play = (sound: Stretch, volume: Gain, output: AudioNode = level.input): Line | null => {
    const buffer = options.bufferOf(sound.mediaId)
    const [first, last] = [Math.max(from, sound.startSamples), Math.min(until, sound.endSamples)]
    if (!buffer || last <= first) return null
    const offset = sound.mediaStartSamples + first - part.startSamples
    return startLine(context, { buffer, volume, output, startFrame: frameOf(first), endFrame: frameOf(last), offset })
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
  const last = lines.reduce<Line | null>(
    (latest, line) => (latest && latest.endFrame >= line.endFrame ? latest : line),
    null,
  )
  if (last) last.source.onended = () => door.disconnect()
  return {
    part,
    endFrame: frameOf(until),
    listen(heard, atSec, matchedGain = originalGain) {
      original?.fader.moveTo(heard === 'original' ? matchedGain : 0, atSec)
      for (const line of converted) line.fader.moveTo(heard === 'converted' ? 1 : 0, atSec)
    },
    release(atSec) {
      if (options.isJoining) door.gain.cancelAndHoldAtTime(atSec)
      else door.gain.setValueAtTime(1, atSec)
      door.gain.linearRampToValueAtTime(0, atSec + RELEASE_SEC)
      for (const line of lines) line.source.stop(atSec + RELEASE_SEC)
      for (const gain of gains) gain.stop(atSec + RELEASE_SEC)
    },
  }
}

/** One media file over a span of the timeline. */
interface Stretch {
  readonly mediaId: MediaId
  /** Where in the media the part begins, though the stretch may begin later. */
  readonly mediaStartSamples: Samples
  readonly startSamples: Samples
  readonly endSamples: Samples
}

/** One converted sound throughout, or the takes of a comp. */
function convertedStretches(part: Part): readonly Stretch[] {
  if (part.takes.length > 0) return part.takes
  if (!part.converted) return []
  const { mediaId, startSamples: mediaStartSamples } = part.converted
  return [{ mediaId, mediaStartSamples, startSamples: part.startSamples, endSamples: partEnd(part) }]
}

interface Line {
  readonly source: AudioBufferSourceNode
  readonly fader: Fader
  readonly endFrame: number
}

interface LineOptions {
  readonly buffer: AudioBuffer
  readonly volume: Gain
  readonly output: AudioNode
  readonly startFrame: number
  readonly endFrame: number
  readonly offset: Samples
}

function startLine(context: BaseAudioContext, options: LineOptions): Line {
  const { buffer, volume, output, startFrame, endFrame, offset } = options
  const source = new AudioBufferSourceNode(context, { buffer })
  const gain = new GainNode(context, { gain: volume })
  source.connect(gain).connect(output)
  source.start(startSecOf(startFrame, context.sampleRate), offset / context.sampleRate)
  source.stop(endFrame / context.sampleRate)
  return { source, fader: createFader(gain.gain, volume), endFrame }
}

interface Fader {
  moveTo(value: number, atSec: number): void
}

/** Moves a gain linearly, also when the last move is still under way. */
function createFader(gain: AudioParam, initial: number): Fader {
  let target = initial
  let settledSec = 0
  return {
    moveTo(value, atSec) {
      if (value === target) return
      if (atSec < settledSec) gain.cancelAndHoldAtTime(atSec)
      else gain.setValueAtTime(target, atSec)
      gain.linearRampToValueAtTime(value, atSec + SWITCH_SEC)
      target = value
      settledSec = atSec + SWITCH_SEC
    },
  }
}
