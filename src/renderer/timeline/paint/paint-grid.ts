import type { GridLine } from './ruler-ticks.ts'
import { tokenText } from './tokens.ts'

const inkToken: Readonly<Record<GridLine['kind'], string>> = {
  phrase: 'grid-phrase',
  bar: 'grid-bar',
  beat: 'grid-beat',
}

/** Vertical lines over all lanes, one device pixel wide. */
export function paintGrid(
  canvas: HTMLCanvasElement,
  lines: readonly GridLine[],
  xOf: (position: number) => number,
  size: { readonly widthPx: number; readonly heightPx: number },
): void {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return
  const ratio = window.devicePixelRatio || 1
  const width = resized(canvas, size.widthPx, size.heightPx, ratio)
  const height = canvas.height
  context.clearRect(0, 0, width, height)
  for (const line of lines) {
    context.fillStyle = tokenText(inkToken[line.kind])
    context.fillRect(Math.round(xOf(line.atSamples) * ratio), 0, Math.max(1, Math.round(ratio)), height)
  }
}

/** Gives a canvas as many pixels as the screen has under it. */
export function sized(canvas: HTMLCanvasElement): { width: number; height: number } {
  const ratio = window.devicePixelRatio || 1
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  return { width, height }
}

/** The same where the size is known: reading it from the page would make the browser lay everything out. */
export function resized(canvas: HTMLCanvasElement, widthPx: number, heightPx: number, ratio: number): number {
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  return width
}
