import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import { mixDown, type Resample } from '../../../shared/conversion/sound.ts'
import type { AnalysisSpan } from '../../../shared/conversion/windows.ts'
import { muLawLevel, muLawSample, SILENT_LEVEL } from '../../../shared/dsp/mu-law.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'

/** A span of a source as the networks hear it: 16 kHz, one channel, as loud as it can be. */
export interface NetworkSound {
  /** 1…255, in whole frames: behind the end there is silence. */
  readonly levels: Uint8Array
  /** Mean square of each frame. */
  readonly energies: Float64Array
  /** What a full level stands for. */
  readonly peak: number
}

/** At whole seconds every rate has a sample. */
export const PIECE_SEC = 10
/** Sound read around a piece, so that a filter's edge is not heard. */
export const MARGIN_SEC = 1
/** Level 0 is left out, as in training. */
const LOWEST_LEVEL = 1
/** The least sample that is no silence. */
const FIRST_STEP = muLawSample(SILENT_LEVEL + 1)

export const networkFrames = (span: AnalysisSpan, hop: number): number => Math.ceil(networkSamples(span) / hop)

const networkSamples = ({ durationSamples, source }: AnalysisSpan): number =>
  Math.round((durationSamples * WAVENET_RATE_HZ) / source.rateHz)

/** Reads a span piece by piece, twice: once for its peak. */
export function hearSpan(span: AnalysisSpan, hop: number, resample: Resample, progress: Progress): NetworkSound {
  const frames = networkFrames(span, hop)
  const energies = new Float64Array(frames)
  let peak = 0
  forEachPiece(span, resample, progress, (samples, start) => {
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index]
      peak = Math.max(peak, Math.abs(sample))
      energies[Math.floor((start + index) / hop)] += (sample * sample) / hop
    }
  })
  const levels = new Uint8Array(frames * hop).fill(SILENT_LEVEL)
  if (peak > 0) {
    forEachPiece(span, resample, progress, (samples, start) => {
      for (let index = 0; index < samples.length; index++)
        levels[start + index] = Math.max(muLawLevel(samples[index] / peak), LOWEST_LEVEL)
    })
  }
  return { levels, energies, peak }
}

function forEachPiece(
  span: AnalysisSpan,
  resample: Resample,
  progress: Progress,
  visit: (samples: Float32Array, start: number) => void,
): void {
  const { source, startSamples, durationSamples } = span
  const { rateHz } = source
  const end = networkSamples(span)
  const endSec = Math.ceil(durationSamples / rateHz)
  for (let sec = 0; sec < endSec; sec += PIECE_SEC) {
    throwIfCancelled(progress)
    progress.report(sec / endSec, 'reading the sound')
    const firstSec = Math.max(sec - MARGIN_SEC, 0)
    const first = firstSec * rateHz
    const last = Math.min((sec + PIECE_SEC + MARGIN_SEC) * rateHz, durationSamples)
    const mono = mixDown(source.read(startSamples + first, last - first))
    const slow = rateHz === WAVENET_RATE_HZ ? mono : resample(mono, rateHz, WAVENET_RATE_HZ)
    const start = sec * WAVENET_RATE_HZ
    const from = (sec - firstSec) * WAVENET_RATE_HZ
    visit(slow.subarray(from, from + Math.min(PIECE_SEC * WAVENET_RATE_HZ, end - start)), start)
  }
}

/**
 * 1 for each frame that sounds and for its neighbors, else 0: what is softer than the first level is silence to the
 * networks, who then sing their own noise.
 */
export function soundingFrames({ energies, peak }: Pick<NetworkSound, 'energies' | 'peak'>): Uint8Array {
  const least = (peak * FIRST_STEP) ** 2 / 4
  const sounds = (frame: number) => (energies[frame] ?? 0) > least
  return Uint8Array.from(energies, (_, frame) => (sounds(frame - 1) || sounds(frame) || sounds(frame + 1) ? 1 : 0))
}
