import { readColumns, type Peaks } from '../../shared/dsp/peaks.ts'
import type { Canvas } from '../ui/canvas.ts'

/** Clips are kept at this rate in the library; their peaks count its samples. */
const CLIP_RATE_HZ = 48_000

export interface CutPicture {
  /** Null until they are there. */
  readonly peaks: Peaks | null
  readonly durationSec: number
  readonly slices: readonly { readonly startSec: number; readonly endSec: number; readonly isUsed: boolean }[]
  /** The token of the singer's color. */
  readonly hue: string
}

/** A clip's wave with its slices: what is learned from in the singer's color, the rest stands back. */
export function paintCuts({ context, width, height, color }: Canvas, picture: CutPicture): void {
  const { peaks, durationSec, slices, hue } = picture
  const place = (sec: number): number => (sec / durationSec) * width
  for (const { startSec, endSec, isUsed } of slices) {
    if (!isUsed) continue
    context.globalAlpha = 0.16
    context.fillStyle = color(hue)
    context.fillRect(place(startSec), 0, place(endSec) - place(startSec), height)
  }
  context.globalAlpha = 1
  if (peaks !== null) {
    const columns = readColumns(peaks, 0, (durationSec * CLIP_RATE_HZ) / width, Math.floor(width))
    columns.forEach(({ min, max }, x) => {
      const sec = (x / width) * durationSec
      const isUsed = slices.some((slice) => slice.isUsed && sec >= slice.startSec && sec < slice.endSec)
      context.fillStyle = color(isUsed ? hue : 'tx-off')
      const top = (height / 2) * (1 - max)
      context.fillRect(x, top, 1, Math.max(1, (height / 2) * (1 - min) - top))
    })
  }
  context.fillStyle = color('tx-strong')
  for (const { startSec, endSec } of slices) {
    for (const sec of [startSec, endSec]) context.fillRect(Math.round(place(sec)), 0, 1, height)
  }
}
