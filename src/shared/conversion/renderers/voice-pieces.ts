import { throwIfCancelled, type Progress } from '../../base/progress.ts'
import type { AperiodicityJob, VoiceRows } from '../../kernels/crew.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import { crewOf, singingVoicingThreshold } from '../../world/index.ts'
import { FRAME_PERIOD_SEC, FRAMES_PER_SEC } from '../features.ts'
import type { AnalysisSpan } from '../windows.ts'

/** So much sound is one job, at up to 48 kHz: its spectra take 7 MB, and threads hold several. */
const PIECE_SEC = 2
const FULL_LENGTH_RATE_HZ = 48_000
/** Sound heard on each side: half a transform, or half a window and what it is moved by, are less. */
const MARGIN_SEC = 0.15

/** How a span is heard. */
export interface VoiceAnalysis {
  readonly span: AnalysisSpan
  /** Hz per 5 ms frame of the span, 0 unvoiced. */
  readonly f0: Float32Array
  /** Of what `soundOf` gives: 16 kHz or more, and a rate at which the span's cells are whole. */
  readonly rateHz: number
  readonly fftSize: number
  /** What is analyzed of the channels that were read. */
  readonly soundOf: (channels: readonly Float32Array[]) => readonly Float64Array[]
  readonly kernels: Kernels
  /** Usually 2 s. */
  readonly pieceSec?: number | undefined
}

/** Frames that follow one another, and the one that the next piece begins with. */
export interface VoicePiece {
  readonly startFrame: number
  /** Where the next piece begins; beyond the span with the last one. */
  readonly endFrame: number
  readonly rowCount: number
  /** Rows of fftSize / 2 + 1 bins from `startFrame` on, of each channel. */
  readonly channels: readonly VoiceRows[]
}

/**
 * WORLD's envelopes and aperiodicity of a span, piece by piece, in order. Pieces are cut by the clock, and each is heard
 * with its surroundings: by where it is cut a frame differs no more than by the analysis' own noise.
 */
export function forEachVoicePiece(
  analysis: VoiceAnalysis,
  progress: Progress,
  visit: (piece: VoicePiece) => void,
): void {
  const pieces = planPieces(analysis)
  /** Channels of each piece, known once it was read; several pieces are read before the first is analyzed. */
  const channelCounts: number[] = []
  function* jobs(): Generator<AperiodicityJob> {
    for (const [index, piece] of pieces.entries()) {
      throwIfCancelled(progress)
      progress.report(index / pieces.length, 'writing the sound')
      const sounds = analysis.soundOf(readPiece(analysis, piece))
      channelCounts.push(sounds.length)
      for (const x of sounds) yield jobOf(analysis, piece, x)
    }
  }
  let at = 0
  let channels: VoiceRows[] = []
  crewOf(analysis.kernels).run('voice', jobs(), (rows) => {
    channels.push(rows)
    if (channels.length < channelCounts[at]) return
    const { startFrame, endFrame, lastFrame } = pieces[at++]
    visit({ startFrame, endFrame, rowCount: lastFrame - startFrame + 1, channels })
    channels = []
  })
}

interface Piece {
  readonly startFrame: number
  readonly endFrame: number
  /** The last one to be analyzed. */
  readonly lastFrame: number
  /** What is read, in samples of the span, and the frame that it begins with. */
  readonly firstSamples: number
  readonly lastSamples: number
  readonly firstFrame: number
}

function planPieces({ span, pieceSec = PIECE_SEC }: VoiceAnalysis): Piece[] {
  const { cellSamples, durationSamples, frameCount, source } = span
  const cells = (seconds: number) => Math.max(1, Math.round((seconds * source.rateHz) / cellSamples))
  const framesPerCell = Math.round((cellSamples * FRAMES_PER_SEC) / source.rateHz)
  const length = cells(pieceSec * Math.min(1, FULL_LENGTH_RATE_HZ / source.rateHz))
  const margin = cells(MARGIN_SEC)
  const count = Math.ceil(durationSamples / cellSamples / length)
  return Array.from({ length: count }, (_, index) => {
    const [startCell, endCell] = [index * length, (index + 1) * length]
    const firstCell = Math.max(0, startCell - margin)
    return {
      startFrame: startCell * framesPerCell,
      endFrame: endCell * framesPerCell,
      lastFrame: Math.min(endCell * framesPerCell, frameCount - 1),
      firstSamples: firstCell * cellSamples,
      lastSamples: Math.min((endCell + margin) * cellSamples, durationSamples),
      firstFrame: firstCell * framesPerCell,
    }
  })
}

const readPiece = ({ span }: VoiceAnalysis, { firstSamples, lastSamples }: Piece): Float32Array[] =>
  span.source.read(span.startSamples + firstSamples, lastSamples - firstSamples)

const jobOf = ({ f0, rateHz, fftSize }: VoiceAnalysis, piece: Piece, x: Float64Array): AperiodicityJob => ({
  x,
  fs: rateHz,
  f0: Float64Array.from(f0.subarray(piece.firstFrame, piece.lastFrame + 1)),
  fftSize,
  framePeriodSec: FRAME_PERIOD_SEC,
  firstFrame: piece.startFrame - piece.firstFrame,
  lastFrame: piece.lastFrame - piece.firstFrame,
  threshold: singingVoicingThreshold,
})
