import type { MediaId } from '../../shared/contract/media.ts'
import type { Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { MediaCache, Piece } from './media-cache.ts'
import { startSecOf } from './start-time.ts'

/** Where pieces of media are found, as far as they are loaded. */
export type Pieces = Pick<MediaCache, 'pieceAt' | 'durationOf'>

export interface LineOptions {
  readonly pieces: Pieces
  readonly mediaId: MediaId
  /** Sample of the medium that sounds on the first frame. */
  readonly offset: Samples
  readonly startFrame: number
  readonly endFrame: number
  readonly volume: Gain
  readonly output: AudioNode
  /** Nothing of it will sound any more. */
  onOver(): void
}

/** One medium over a span of the clock, as sources that follow each other piece by piece. */
export interface Line {
  readonly fader: Fader
  readonly isOver: boolean
  /** Starts the pieces that begin before a frame and are loaded. What comes late is heard from `earliestFrame` on. */
  fill(untilFrame: number, earliestFrame: number): void
  stop(atSec: number): void
}

export function createLine(context: BaseAudioContext, options: LineOptions): Line {
  const { pieces, mediaId, startFrame, endFrame } = options
  const gain = new GainNode(context, { gain: options.volume })
  gain.connect(options.output)
  const sources = new Set<AudioBufferSourceNode>()
  let nextFrame = startFrame
  const isOver = (): boolean => nextFrame >= endFrame && sources.size === 0
  /** The end is a `stop`, never a duration: so pieces join without a doubled or lost sample. */
  const start = ({ startSamples, buffer }: Piece, at: Samples, frame: number, untilFrame: number): void => {
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(gain)
    source.start(startSecOf(frame, context.sampleRate), (at - startSamples) / context.sampleRate)
    source.stop(untilFrame / context.sampleRate)
    sources.add(source)
    source.onended = () => {
      sources.delete(source)
      if (isOver()) options.onOver()
    }
  }
  return {
    fader: createFader(gain.gain, options.volume),
    get isOver() {
      return isOver()
    },
    fill(untilFrame, earliestFrame) {
      while (nextFrame < Math.min(endFrame, untilFrame)) {
        const at = options.offset + nextFrame - startFrame
        const isBeyond = at >= (pieces.durationOf(mediaId) ?? Infinity)
        if (isBeyond || earliestFrame >= endFrame) {
          nextFrame = endFrame
          if (isOver()) options.onOver()
          return
        }
        const piece = pieces.pieceAt(mediaId, at)
        if (!piece) return
        const end = Math.min(endFrame, nextFrame + piece.startSamples + piece.buffer.length - at)
        const from = Math.max(nextFrame, earliestFrame)
        if (from < end) start(piece, at + from - nextFrame, from, end)
        nextFrame = end
      }
    },
    stop(atSec) {
      nextFrame = endFrame
      for (const source of sources) source.stop(atSec)
    },
  }
}

/** Length of the ramp between original and converted. */
const SWITCH_SEC = 0.01

export interface Fader {
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
