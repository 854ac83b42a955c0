import { createRealFft } from './fft.ts'
import { innerHannWindow } from './window.ts'

/** A picture of a sound: time along, pitch upward. */
export interface LogSpectrogramOptions {
  readonly rateHz: number
  /** Sample that stands in the middle of the first column; columns are this many samples apart. */
  readonly startSample: number
  readonly samplesPerColumn: number
  readonly columnCount: number
  /** MIDI numbers of the lowest and the highest row; rows are equally far apart. */
  readonly lowestMidi: number
  readonly highestMidi: number
  readonly rowCount: number
}

/** 85 ms at 48 kHz: a low voice's overtones stand apart, and its consonants are still narrow. */
const WINDOW_SEC = 0.085
/** What is shown, down from full scale. */
const RANGE_DB = 84

/** Samples that a column is made of, from half of them before the one in its middle on. */
export const spectrogramWindow = (rateHz: number): number => 2 ** Math.round(Math.log2(WINDOW_SEC * rateHz))

/** The first sample of a column's window; before the sound begins it is negative. */
export const columnStart = ({ rateHz, startSample, samplesPerColumn }: LogSpectrogramOptions, column: number): number =>
  Math.round(startSample + column * samplesPerColumn) - spectrogramWindow(rateHz) / 2

const midiToHz = (midi: number): number => 440 * 2 ** ((midi - 69) / 12)

/**
 * Magnitudes over a logarithmic frequency axis, 0 (84 dB below full scale and less) … 255 (full scale), row by row from
 * the highest pitch down. Hann window; a row between two bins takes a line between them, a row over several their
 * largest. Outside of the sound it is silent.
 */
export function logSpectrogram(samples: Float32Array, options: LogSpectrogramOptions): Uint8Array<ArrayBuffer> {
  const { rateHz, columnCount, rowCount } = options
  const size = spectrogramWindow(rateHz)
  const fft = createRealFft(size)
  const window = innerHannWindow(size)
  /** A sine at full scale comes out as 1. */
  const scale = 2 / window.reduce((sum, weight) => sum + weight, 0)
  const frame = new Float64Array(size)
  const re = new Float64Array(size / 2 + 1)
  const im = new Float64Array(size / 2 + 1)
  const magnitudes = new Float64Array(size / 2 + 1)
  const edges = rowEdges(options, size)
  const picture = new Uint8Array(columnCount * rowCount)
  for (let column = 0; column < columnCount; column++) {
    const first = columnStart(options, column)
    for (let at = 0; at < size; at++) frame[at] = (samples[first + at] ?? 0) * window[at]
    fft.forward(frame, re, im)
    for (let bin = 0; bin < magnitudes.length; bin++) magnitudes[bin] = Math.hypot(re[bin], im[bin]) * scale
    for (let row = 0; row < rowCount; row++) {
      const db = 20 * Math.log10(Math.max(1e-9, rowMagnitude(magnitudes, edges[row + 1], edges[row])))
      picture[row * columnCount + column] = Math.round(255 * Math.min(1, Math.max(0, 1 + db / RANGE_DB)))
    }
  }
  return picture
}

/** In bins with fractions, from the upper edge of the highest row down. */
function rowEdges({ rateHz, lowestMidi, highestMidi, rowCount }: LogSpectrogramOptions, size: number): Float64Array {
  const perRow = (highestMidi - lowestMidi) / Math.max(1, rowCount - 1)
  return Float64Array.from(
    { length: rowCount + 1 },
    (_, row) => (midiToHz(highestMidi + (0.5 - row) * perRow) * size) / rateHz,
  )
}

function rowMagnitude(magnitudes: Float64Array, low: number, high: number): number {
  const last = magnitudes.length - 1
  if (low >= last) return 0
  if (high - low < 1) {
    const middle = Math.min(last - 1e-6, (low + high) / 2)
    const bin = Math.floor(middle)
    return magnitudes[bin] + (magnitudes[bin + 1] - magnitudes[bin]) * (middle - bin)
  }
  let most = 0
  for (let bin = Math.ceil(low); bin <= Math.min(last, Math.floor(high)); bin++) most = Math.max(most, magnitudes[bin])
  return most
}
