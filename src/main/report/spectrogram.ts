import { createRealFft } from '../../shared/dsp/fft.ts'
import { hzToMel, melToHz } from '../../shared/dsp/mel.ts'
import { encodePng, pngDataUri } from './png.ts'
import type { ReportSound } from './report-data.ts'

export const SPECTROGRAM_WIDTH = 900
export const SPECTROGRAM_HEIGHT = 200
export const SPECTROGRAM_TOP_HZ = 12_000
/** Long enough to part the harmonics of a low voice. */
const WINDOW_SEC = 0.04
const DYNAMIC_RANGE_DB = 75
/** From dark to light: the window's own ground, then a single hue, so that levels read in gray too. */
const SHADES: readonly (readonly [number, number, number])[] = [
  [18, 20, 22],
  [22, 44, 66],
  [36, 92, 138],
  [90, 169, 230],
  [196, 226, 246],
  [255, 255, 255],
]

/** A picture of the sound's levels over time and (mel) frequency, as a data URI; 0 dB is the sound's own loudest bin. */
export function spectrogramDataUri(sound: ReportSound): string {
  const levelsDb = spectrogramDb(sound)
  const loudestDb = levelsDb.reduce((highest, level) => Math.max(highest, level), -Infinity)
  const rgb = new Uint8Array(3 * SPECTROGRAM_WIDTH * SPECTROGRAM_HEIGHT)
  levelsDb.forEach((level, pixel) => {
    const brightness = Math.min(1, Math.max(0, 1 + (level - loudestDb) / DYNAMIC_RANGE_DB))
    rgb.set(shade(brightness), 3 * pixel)
  })
  return pngDataUri(encodePng(SPECTROGRAM_WIDTH, SPECTROGRAM_HEIGHT, rgb))
}

/** Levels in dB per pixel, rows from high to low. */
function spectrogramDb({ samples, rateHz }: ReportSound): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(WINDOW_SEC * rateHz))
  const fft = createRealFft(size)
  const input = new Float64Array(size)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  const binOfRow = Array.from({ length: SPECTROGRAM_HEIGHT }, (_, row) => (rowHz(row) * size) / rateHz)
  const levels = new Float64Array(SPECTROGRAM_WIDTH * SPECTROGRAM_HEIGHT)
  for (let column = 0; column < SPECTROGRAM_WIDTH; column++) {
    const center = Math.round(((column + 0.5) / SPECTROGRAM_WIDTH) * samples.length)
    for (let index = 0; index < size; index++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size)
      input[index] = window * (samples[center + index - size / 2] ?? 0)
    }
    fft.forward(input, re, im)
    for (let row = 0; row < SPECTROGRAM_HEIGHT; row++) {
      const bin = Math.min(size / 2, Math.round(binOfRow[row]))
      levels[row * SPECTROGRAM_WIDTH + column] = 10 * Math.log10(re[bin] ** 2 + im[bin] ** 2 + 1e-9)
    }
  }
  return levels
}

const rowHz = (row: number): number => melToHz(hzToMel(SPECTROGRAM_TOP_HZ) * (1 - (row + 0.5) / SPECTROGRAM_HEIGHT))

function shade(brightness: number): [number, number, number] {
  const position = brightness * (SHADES.length - 1)
  const below = Math.min(SHADES.length - 2, Math.floor(position))
  const share = position - below
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(SHADES[below][channel] + share * (SHADES[below + 1][channel] - SHADES[below][channel]))
  return [mix(0), mix(1), mix(2)]
}
