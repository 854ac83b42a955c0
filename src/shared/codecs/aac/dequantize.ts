import type { Random } from '../../base/random.ts'
import { NOISE_BOOK, OPPOSED_BOOK, SILENT_BOOK, type ChannelStream } from './channel-stream.ts'
import type { WindowInfo } from './window-info.ts'

/** One band of one window: its lines in a spectrum of 1024, and its place among the scale factors. */
export interface BandSpan {
  readonly scaleIndex: number
  readonly from: number
  readonly to: number
}

/** Every band of every window of a frame, in the order in which they were sent. */
export function bandSpans({ groupSizes, bandCount, edges }: WindowInfo): BandSpan[] {
  const spans: BandSpan[] = []
  let firstWindow = 0
  groupSizes.forEach((size, group) => {
    for (let band = 0; band < bandCount; band++) {
      for (let member = 0; member < size; member++) {
        const start = (firstWindow + member) * 128
        spans.push({ scaleIndex: group * bandCount + band, from: start + edges[band], to: start + edges[band + 1] })
      }
    }
    firstWindow += size
  })
  return spans
}

/** A scale factor of 100 is a factor of 1. */
const UNIT_SCALE = 100

/** Of every number that can be sent, a pulse on top among them. */
const powers = Float64Array.from({ length: 8192 + 64 }, (_, value) => value ** (4 / 3))

/** Whole numbers to lines of a spectrum, at the scale of 16-bit samples (4.6.2); bands of noise are filled with it. */
export function dequantize(stream: ChannelStream, spans: readonly BandSpan[], random: Random): Float64Array {
  const spectrum = new Float64Array(1024)
  for (const { scaleIndex, from, to } of spans) {
    const book = stream.books[scaleIndex]
    const scale = stream.scales[scaleIndex]
    if (book === NOISE_BOOK) fillWithNoise(spectrum.subarray(from, to), scale, random)
    else if (book !== SILENT_BOOK && book < OPPOSED_BOOK) {
      const factor = 2 ** (0.25 * (scale - UNIT_SCALE))
      for (let line = from; line < to; line++) {
        const value = stream.quantized[line]
        spectrum[line] = Math.sign(value) * powers[Math.abs(value)] * factor
      }
    }
  }
  return spectrum
}

/** Perceptual noise substitution (4.6.13): any noise of the energy that was sent. */
function fillWithNoise(lines: Float64Array, scale: number, random: Random): void {
  let energy = 0
  for (let line = 0; line < lines.length; line++) {
    lines[line] = 2 * random.uniform() - 1
    energy += lines[line] ** 2
  }
  const factor = 2 ** (0.25 * scale) / Math.sqrt(energy)
  for (let line = 0; line < lines.length; line++) lines[line] *= factor
}
