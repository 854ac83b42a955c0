import { gainAt, gainsOver, type GainPoint } from '../../shared/project/envelope.ts'
import type { Samples } from '../../shared/units/time.ts'
import { startSecOf } from './start-time.ts'

export interface GainShape {
  readonly envelope: readonly GainPoint[]
  /** The span of the timeline that will sound. */
  readonly from: Samples
  readonly until: Samples
  /** The frame of the audio clock at which a position sounds. */
  frameOf(position: Samples): number
}

/** Where a gain is played: what is connected to `input` goes on to the output. */
export interface ShapedGain {
  readonly input: AudioNode
  /** Ends what moves the gain, once nothing sounds any more. */
  stop(atSec: number): void
}

/**
 * Longest rise or fall that is laid out sample by sample; a longer one is drawn by the browser, whose ramps are exact
 * to rounding only. Ten seconds at 48 kHz: two megabytes, some milliseconds.
 */
const LONGEST_EXACT_SAMPLES = 480_000

/**
 * A gain that follows an envelope to the bit: rises and falls are played as signals of the very numbers that the
 * export multiplies by, because a browser is free in how it rounds a ramp of its own and in the frame where it ends.
 */
export function shapedGain(context: BaseAudioContext, shape: GainShape, output: AudioNode): ShapedGain {
  const { envelope, from } = shape
  const isConstant = envelope.length < 2
  const constant = isConstant ? (envelope[0]?.gain ?? 1) : gainAt(envelope, from)
  if (isConstant && constant === 1) return { input: output, stop: () => {} }
  const node = new GainNode(context, { gain: constant })
  node.connect(output)
  const moving = isConstant ? [] : lay(context, shape, node.gain)
  return {
    input: node,
    stop(atSec) {
      for (const source of moving) source.stop(atSec)
    },
  }
}

/** A piece of an envelope in which the gain stays, or goes through several corners without a rest. */
interface Piece {
  readonly from: Samples
  readonly until: Samples
  readonly isFlat: boolean
}

function piecesOf({ envelope, from, until }: GainShape): readonly Piece[] {
  const corners = envelope.map(({ atSamples }) => atSamples).filter((at) => at > from && at < until)
  const pieces: Piece[] = []
  for (const [index, end] of [...corners, until].entries()) {
    const start = index === 0 ? from : corners[index - 1]
    const isFlat = gainAt(envelope, start) === gainAt(envelope, end)
    const last = pieces.at(-1)
    if (last?.isFlat === isFlat) pieces[pieces.length - 1] = { ...last, until: end }
    else pieces.push({ from: start, until: end, isFlat })
  }
  return pieces
}

function lay(context: BaseAudioContext, shape: GainShape, gain: AudioParam): readonly AudioBufferSourceNode[] {
  return piecesOf(shape).flatMap((piece) => {
    if (piece.isFlat) {
      setFrom(context, gain, gainAt(shape.envelope, piece.from), shape.frameOf(piece.from))
      return []
    }
    if (piece.until - piece.from > LONGEST_EXACT_SAMPLES) {
      drawRamp(context, shape, gain, piece)
      return []
    }
    // What the signal below says is added to the gain's own value.
    setFrom(context, gain, 0, shape.frameOf(piece.from))
    return [playRamp(context, shape, gain, piece)]
  })
}

/** Half a frame early, so that no rounding of the time moves it to the next one. */
const setFrom = (context: BaseAudioContext, gain: AudioParam, value: number, frame: number): unknown =>
  gain.setValueAtTime(value, Math.max(0, frame - 0.5) / context.sampleRate)

function playRamp(
  context: BaseAudioContext,
  { envelope, frameOf }: GainShape,
  gain: AudioParam,
  { from, until }: Piece,
): AudioBufferSourceNode {
  const buffer = new AudioBuffer({ length: until - from, sampleRate: context.sampleRate })
  buffer.copyToChannel(gainsOver(envelope, from, until - from), 0)
  const source = new AudioBufferSourceNode(context, { buffer })
  source.connect(gain)
  source.start(startSecOf(frameOf(from), context.sampleRate))
  source.stop(frameOf(until) / context.sampleRate)
  return source
}

function drawRamp(context: BaseAudioContext, { envelope, frameOf }: GainShape, gain: AudioParam, piece: Piece): void {
  const secondsOf = (position: Samples): number => frameOf(position) / context.sampleRate
  gain.setValueAtTime(gainAt(envelope, piece.from), secondsOf(piece.from))
  for (const { atSamples, gain: value } of envelope)
    if (atSamples > piece.from && atSamples < piece.until) gain.linearRampToValueAtTime(value, secondsOf(atSamples))
  gain.linearRampToValueAtTime(gainAt(envelope, piece.until), secondsOf(piece.until))
}
