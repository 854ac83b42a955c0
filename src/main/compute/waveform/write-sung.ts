import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import type { Scratch } from '../../../shared/base/scratch.ts'
import type { Resample, SampleSink } from '../../../shared/conversion/sound.ts'
import type { AnalysisSpan } from '../../../shared/conversion/windows.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { MARGIN_SEC, PIECE_SEC, soundingFrames, type NetworkSound } from './network-sound.ts'

/** A voice is brought to its source's level by no more than this either way. */
const MOST_GAIN = 4
/** Full scale, for sources that stay below it. */
const CEILING = 1

/** What was sung of a span, as it is to be heard. */
export interface SungSpan {
  readonly span: AnalysisSpan
  readonly sound: NetworkSound
  readonly sung: Scratch
  readonly hop: number
}

/**
 * Writes the region of a sung span at its source's rate, in each of its channels: as loud as the source on the whole,
 * and silent where the source is. Exactly the region's samples, in bounded memory.
 */
export function writeSung(
  { span, sound, sung, hop }: SungSpan,
  resample: Resample,
  sink: SampleSink,
  progress: Progress,
): void {
  const { source, regionStartSamples, regionDurationSamples } = span
  const { rateHz, channelCount } = source
  const sounding = soundingFrames(sound)
  const length = sound.levels.length
  const gain = gainOf(sound, sung, sounding, hop)
  const regionEnd = regionStartSamples + regionDurationSamples
  const endSec = Math.ceil(regionEnd / rateHz)
  for (let sec = Math.floor(regionStartSamples / rateHz); sec < endSec; sec += PIECE_SEC) {
    throwIfCancelled(progress)
    progress.report(sec / endSec, 'writing what was sung')
    const firstSec = Math.max(sec - MARGIN_SEC, 0)
    const first = firstSec * WAVENET_RATE_HZ
    const last = Math.min((sec + PIECE_SEC + MARGIN_SEC) * WAVENET_RATE_HZ, length)
    const piece = new Float32Array(Math.max(last - first, 0))
    sung.read(first, piece)
    for (let index = 0; index < piece.length; index++)
      piece[index] *= gain * openness(sounding, (first + index + 0.5) / hop)
    const atRate = rateHz === WAVENET_RATE_HZ ? piece : resample(piece, WAVENET_RATE_HZ, rateHz)
    const from = Math.max(sec * rateHz, regionStartSamples)
    const to = Math.min((sec + PIECE_SEC) * rateHz, regionEnd)
    const written = new Float32Array(to - from)
    const before = from - firstSec * rateHz
    written.set(atRate.subarray(before, before + written.length))
    sink.write(Array.from({ length: channelCount }, () => written))
  }
  throwIfCancelled(progress)
}

/** Between the frames' centers: 0 where nothing sounds, 1 where it does. */
function openness(sounding: Uint8Array, position: number): number {
  const left = Math.floor(position - 0.5)
  const share = position - 0.5 - left
  const at = (frame: number) => sounding[Math.min(Math.max(frame, 0), sounding.length - 1)]
  return (1 - share) * at(left) + share * at(left + 1)
}

/** The source's own power where it sounds, unless it would pass full scale. */
function gainOf({ energies, peak }: NetworkSound, sung: Scratch, sounding: Uint8Array, hop: number): number {
  const frame = new Float32Array(hop)
  let [ofSource, ofSung, most] = [0, 0, 0]
  for (let index = 0; index < energies.length; index++) {
    if (sounding[index] === 0) continue
    sung.read(index * hop, frame)
    ofSource += energies[index] * hop
    for (const sample of frame) {
      ofSung += sample * sample
      most = Math.max(most, Math.abs(sample))
    }
  }
  if (ofSung === 0) return 0
  const wanted = Math.sqrt(ofSource / ofSung) / peak
  const bounded = peak * Math.min(Math.max(wanted, 1 / MOST_GAIN), MOST_GAIN)
  return Math.min(bounded, Math.max(CEILING, peak) / most)
}
