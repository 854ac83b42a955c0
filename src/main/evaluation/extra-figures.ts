import { createDifferentialFilter } from '../../shared/conversion/differential-filter.ts'
import { auxiliaryReader, type PreparedSinger } from '../../shared/conversion/prepared-singer.ts'
import { rowsOf } from '../../shared/conversion/frame-rows.ts'
import { sourceFeatures } from '../../shared/conversion/source-features.ts'
import type { SoundConverter } from './convert-sound.ts'
import type { Heard, Listener } from './listening.ts'
import { measurePair, type PairContext, type PairFigures } from './measure-pair.ts'
import type { Sound } from './read-sound.ts'

/** Figures of the machinery, on one pair. */
export interface ExtraFigures {
  /** Three times as much silence around the source as there is sound: whether the person is still heard. */
  readonly silenceCmn: number
  /** What that costs of pcor; null where pcor can't be told. */
  readonly silencePcorLost: number | null
  /** Largest difference of a filter that has nothing to do, dB of the sound's peak sample by sample. */
  readonly idleFilterDb: number
  /** Largest difference between decoding in pieces and at once, of normalized shapes. */
  readonly pieces: number
}

const SILENCE_TIMES = 3
const PIECE_FRAMES = 64

export function measureExtras(
  source: Heard,
  singer: PreparedSinger,
  context: PairContext,
  { converter, listener }: { readonly converter: SoundConverter; readonly listener: Listener },
): ExtraFigures {
  const measured = (sound: Sound, own: Heard): PairFigures => {
    const converted = converter.convert(sound, singer)
    return measurePair(listener.hearSound(converted.sound), converted.semitones, { ...context, source: own })
  }
  const padded = surrounded(source.sound)
  const plain = measured(source.sound, source)
  const within = measured(padded, listener.hearSound(padded))
  return {
    silenceCmn: within.cmn,
    silencePcorLost: plain.pcor === null || within.pcor === null ? null : plain.pcor - within.pcor,
    idleFilterDb: idleFilterDb(source),
    pieces: pieceDifference(source, singer),
  }
}

function surrounded({ samples, rateHz }: Sound): Sound {
  const side = Math.round((SILENCE_TIMES * samples.length) / 2)
  const all = new Float32Array(samples.length + 2 * side)
  all.set(samples, side)
  return { samples: all, rateHz }
}

function idleFilterDb({ sound, f0 }: Heard): number {
  const change = {
    frameCount: f0.length,
    readDifference: (_frame: number, difference: Float64Array) => void difference.fill(0),
  }
  const placed = { channels: [Float64Array.from(sound.samples)], firstSamples: 0 }
  const [filtered] = createDifferentialFilter(sound.rateHz).apply(placed, change, 0, sound.samples.length)
  let [squares, power] = [0, 0]
  sound.samples.forEach((sample, index) => {
    squares += (filtered[index] - sample) ** 2
    power += sample ** 2
  })
  return 20 * Math.log10(1 + Math.sqrt(squares / Math.max(power, 1e-12)))
}

function pieceDifference({ features }: Heard, { inference, model }: PreparedSinger): number {
  if (features === null) return 0
  const own = sourceFeatures(rowsOf(features.lm), features.f0)
  const count = own.slowFrameCount
  const latent = inference.encode(count, own.encoderInput(model.spread))
  const read = auxiliaryReader(own.auxiliary)
  const whole = inference.decode(latent, model.row, count, read, 0, count)
  let largest = 0
  for (let first = 0; first < count; first += PIECE_FRAMES) {
    const length = Math.min(PIECE_FRAMES, count - first)
    const piece = inference.decode(latent, model.row, count, read, first, length)
    const offset = first * (whole.length / count)
    piece.forEach((value, index) => (largest = Math.max(largest, Math.abs(value - whole[offset + index]))))
  }
  return largest
}
