import type { Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import { gainAt, type GainPoint } from '../../shared/project/envelope.ts'
import { partEnd, type Heard, type Part, type Sound } from './arrangement.ts'
import type { Pass } from './passes.ts'

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
  readonly buffers: { readonly original: AudioBuffer | null; readonly converted: AudioBuffer | null }
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
  const level = new GainNode(context, { gain: gainAt(options.envelope, from) })
  level.connect(options.output)
  automate(level.gain, options, from, until, (position) => frameOf(position) / rateHz)
  const play = (sound: Sound | null, buffer: AudioBuffer | null, volume: Gain): Line | null =>
    sound && buffer
      ? startLine(
          context,
          buffer,
          volume,
          level,
          frameOf(from),
          frameOf(until),
          sound.startSamples + from - part.startSamples,
        )
      : null
  const originalGain = options.originalGain ?? 1
  const original = play(part.original, options.buffers.original, options.heard === 'original' ? originalGain : 0)
  const converted = play(part.converted, options.buffers.converted, options.heard === 'converted' ? 1 : 0)
  const lines = [original, converted].filter((line) => line !== null)
  if (lines.length > 0) lines[0].source.onended = () => level.disconnect()
  return {
    part,
    endFrame: frameOf(until),
    listen(heard, atSec, matchedGain = originalGain) {
      original?.fader.moveTo(heard === 'original' ? matchedGain : 0, atSec)
      converted?.fader.moveTo(heard === 'converted' ? 1 : 0, atSec)
    },
    release(atSec) {
      if (options.envelope.length > 1 || options.isJoining) level.gain.cancelAndHoldAtTime(atSec)
      else level.gain.setValueAtTime(level.gain.value, atSec)
      level.gain.linearRampToValueAtTime(0, atSec + RELEASE_SEC)
      for (const line of lines) line.source.stop(atSec + RELEASE_SEC)
    },
  }
}

interface Line {
  readonly source: AudioBufferSourceNode
  readonly fader: Fader
}

function startLine(
  context: BaseAudioContext,
  buffer: AudioBuffer,
  volume: Gain,
  output: AudioNode,
  startFrame: number,
  endFrame: number,
  offsetSamples: Samples,
): Line {
  const source = new AudioBufferSourceNode(context, { buffer })
  const gain = new GainNode(context, { gain: volume })
  source.connect(gain).connect(output)
  source.start(startFrame / context.sampleRate, offsetSamples / context.sampleRate)
  source.stop(endFrame / context.sampleRate)
  return { source, fader: createFader(gain.gain, volume) }
}

function automate(
  gain: AudioParam,
  { envelope, isJoining }: StartOptions,
  from: Samples,
  until: Samples,
  secondsOf: (position: Samples) => number,
): void {
  const corners = envelope.filter((point) => point.atSamples > from && point.atSamples < until)
  const isFlat = envelope.length === 1
  if (isFlat && !isJoining) return
  const first = gainAt(envelope, from)
  gain.setValueAtTime(isJoining ? 0 : first, secondsOf(from))
  if (isJoining) gain.linearRampToValueAtTime(first, secondsOf(from) + RELEASE_SEC)
  if (isFlat) return
  for (const point of corners) gain.linearRampToValueAtTime(point.gain, secondsOf(point.atSamples))
  gain.linearRampToValueAtTime(gainAt(envelope, until), secondsOf(until))
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
