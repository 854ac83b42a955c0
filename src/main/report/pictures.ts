import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { hzToMidi, noteName } from '../../shared/units/pitch.ts'
import type { ReportRegion, ReportSound } from './report-data.ts'

/** Pictures as SVG text; all of one width, so that they line up in time. */
export const PICTURE_WIDTH = 900
const WAVE_HEIGHT = 72
const PITCH_HEIGHT = 200
const CURVE_HEIGHT = 160
const FRAME_SEC = 0.005
/** A semitone of room above and below the notes that are sung. */
const PITCH_MARGIN_SEMITONES = 1.5

const svg = (height: number, label: string, content: string): string =>
  `<svg viewBox="0 0 ${PICTURE_WIDTH} ${height}" role="img" aria-label="${label}" preserveAspectRatio="none">${content}</svg>`

const round = (value: number): string => value.toFixed(1)

/** The waveform's extremes per pixel column. */
export function waveform({ samples }: ReportSound, color: 'source' | 'singer', label: string): string {
  const middle = WAVE_HEIGHT / 2
  let path = ''
  for (let column = 0; column < PICTURE_WIDTH; column++) {
    const from = Math.floor((column / PICTURE_WIDTH) * samples.length)
    const to = Math.max(from + 1, Math.floor(((column + 1) / PICTURE_WIDTH) * samples.length))
    let [low, high] = [0, 0]
    for (let index = from; index < to && index < samples.length; index++) {
      low = Math.min(low, samples[index])
      high = Math.max(high, samples[index])
    }
    path += `M${column} ${round(middle - high * middle)}V${round(middle - low * middle + 0.6)}`
  }
  return svg(WAVE_HEIGHT, label, `<path class="wave ${color}" d="${path}"/>`)
}

/** Both pitch curves over one time axis; the source is drawn again where it should lie after transposition. */
export function pitchCurves({ source, converted, semitones }: ReportRegion, durationSec: number): string {
  const expected = Float64Array.from(source.f0Hz, (hz) => hz * 2 ** (semitones / 12))
  const voiced = [...source.f0Hz, ...converted.f0Hz].filter((hz) => hz > 0).map(hzToMidi)
  if (voiced.length === 0) return svg(PITCH_HEIGHT, 'No pitch was found', '')
  const lowest = voiced.reduce((low, midi) => Math.min(low, midi)) - PITCH_MARGIN_SEMITONES
  const highest = voiced.reduce((high, midi) => Math.max(high, midi)) + PITCH_MARGIN_SEMITONES
  const x = (frame: number) => (frame * FRAME_SEC * PICTURE_WIDTH) / durationSec
  const y = (midi: number) => PITCH_HEIGHT * (1 - (midi - lowest) / (highest - lowest))
  const content =
    noteLines(lowest, highest, y) +
    curve(source.f0Hz, x, y, 'source') +
    (semitones === 0 ? '' : curve(expected, x, y, 'expected')) +
    curve(converted.f0Hz, x, y, 'singer')
  return svg(PITCH_HEIGHT, 'Pitch of the source, where it should lie, and of the conversion', content)
}

function curve(
  f0Hz: ArrayLike<number>,
  x: (frame: number) => number,
  y: (midi: number) => number,
  kind: string,
): string {
  let path = ''
  for (let frame = 0; frame < f0Hz.length; frame++) {
    if (f0Hz[frame] <= 0) continue
    const isFirst = frame === 0 || f0Hz[frame - 1] <= 0
    path += `${isFirst ? 'M' : 'L'}${round(x(frame))} ${round(y(hzToMidi(f0Hz[frame])))}`
  }
  return `<path class="curve ${kind}" d="${path}"/>`
}

function noteLines(lowest: number, highest: number, y: (midi: number) => number): string {
  const every = highest - lowest > 20 ? 12 : highest - lowest > 9 ? 3 : 1
  let lines = ''
  for (let midi = Math.ceil(lowest / every) * every; midi <= highest; midi += every)
    lines += `<line class="grid" x1="0" x2="${PICTURE_WIDTH}" y1="${round(y(midi))}" y2="${round(y(midi))}"/><text x="4" y="${round(y(midi) - 3)}">${noteName(midi)}</text>`
  return lines
}

/** Training and held-out loss over the steps. */
export function trainingCurve(points: readonly TrainingPoint[]): string {
  const lossSpan = span(points.flatMap((point) => [point.trainLoss, point.heldOutLoss ?? point.trainLoss]))
  const lastStep = Math.max(1, ...points.map((point) => point.step))
  const x = (point: TrainingPoint) => (point.step / lastStep) * PICTURE_WIDTH
  const y = (loss: number) => 8 + (CURVE_HEIGHT - 16) * (1 - (loss - lossSpan.low) / (lossSpan.high - lossSpan.low))
  const line = (kind: string, lossOf: (point: TrainingPoint) => number | null) => {
    const places = points.flatMap((point) => {
      const loss = lossOf(point)
      return loss === null ? [] : [`${round(x(point))},${round(y(loss))}`]
    })
    return `<polyline class="curve ${kind}" points="${places.join(' ')}"/>`
  }
  const content =
    `<text x="4" y="14">${lossSpan.high.toFixed(2)}</text><text x="4" y="${CURVE_HEIGHT - 4}">${lossSpan.low.toFixed(2)}</text>` +
    line('source', (point) => point.trainLoss) +
    line('singer', (point) => point.heldOutLoss)
  return svg(CURVE_HEIGHT, 'Loss while training and on the clip kept aside', content)
}

function span(values: readonly number[]): { low: number; high: number } {
  const finite = values.filter(Number.isFinite)
  const low = Math.min(...finite)
  const high = Math.max(...finite)
  return high > low ? { low, high } : { low: low - 0.5, high: low + 0.5 }
}
