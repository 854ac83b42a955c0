import { createPeaksBuilder, readColumns } from '../../src/shared/dsp/peaks.ts'
import { paintWave } from '../../src/renderer/timeline/paint/waveform.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

const RATE_HZ = 48_000
const SONG_SEC = 240
/** A window of 1,440 points on a screen with two pixels to the point, twelve lanes of 72 points. */
const COLUMN_COUNT = 2880
const LANE_COUNT = 12
const HEIGHT_PX = 72
const FRAME_MS = 1000 / 60

/** Every wave in sight drawn anew, on a canvas that only counts; what a browser's rasterizer adds is not the program's. */
export function benchRedraw(): BenchRow[] {
  const builder = createPeaksBuilder()
  builder.push([
    Float32Array.from({ length: RATE_HZ * SONG_SEC }, (_, index) => Math.sin(index / 30) * Math.sin(index / 9000)),
  ])
  const peaks = builder.finish()
  const canvas = countingCanvas()
  const redrawMs = medianMs(9, () => {
    for (let lane = 0; lane < LANE_COUNT; lane++) {
      const columns = readColumns(peaks, lane * 1000, (RATE_HZ * SONG_SEC) / COLUMN_COUNT, COLUMN_COUNT)
      paintWave(canvas, {
        columns,
        heightPx: HEIGHT_PX,
        pixelRatio: 2,
        gain: 1,
        ink: () => ({ color: [255, 138, 112], alpha: 1 }),
      })
    }
    keep(canvas.filled)
  })
  const rectangleCount = 2 * COLUMN_COUNT * LANE_COUNT
  const fillMs = medianMs(9, () => {
    for (let index = 0; index < rectangleCount; index++) {
      canvas.fillStyle = 'rgb(255 138 112)'
      canvas.fillRect(index % COLUMN_COUNT, 10, 1, 40)
    }
    keep(canvas.filled)
  })
  return [
    {
      name: 'timeline redraw',
      measured: `${LANE_COUNT} lanes × ${COLUMN_COUNT} pixels in ${redrawMs.toFixed(1)} ms (${((100 * redrawMs) / FRAME_MS).toFixed(0)} % of a frame at 60 Hz)`,
      baseline: `as many rectangles with nothing to compute: ${fillMs.toFixed(1)} ms`,
      ratio: redrawMs / fillMs,
      meaning: 'times filling as many rectangles',
    },
  ]
}

const countingCanvas = () => ({
  filled: 0,
  fillStyle: '' as string | CanvasGradient | CanvasPattern,
  fillRect(_x: number, _y: number, width: number, height: number) {
    this.filled += width * height
  },
  clearRect() {},
})
