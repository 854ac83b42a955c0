/** Widths are whole steps, so that a canvas that one wave leaves fits the next. */
const STEP_DEVICE_PX = 128
/** More are not kept: about two windows full of narrow regions. Those of the zoom before go first. */
const MOST_KEPT = 96

/**
 * Canvases that nothing uses. In a scroll waves leave as fast as others come, and a new canvas costs more than to
 * paint it: its context and its memory.
 */
const spare: HTMLCanvasElement[] = []

/** A canvas at least so wide and just so high, with whatever was painted on it last. */
export function takeCanvas(widthPx: number, heightPx: number): HTMLCanvasElement {
  const ratio = window.devicePixelRatio || 1
  const width = Math.max(1, Math.ceil((widthPx * ratio) / STEP_DEVICE_PX)) * STEP_DEVICE_PX
  const height = Math.round(heightPx * ratio)
  const found = spare.findIndex((canvas) => canvas.width === width && canvas.height === height)
  const canvas = found >= 0 ? spare.splice(found, 1)[0] : document.createElement('canvas')
  if (found < 0) {
    canvas.width = width
    canvas.height = height
  }
  canvas.style.width = `${width / ratio}px`
  canvas.style.height = `${heightPx}px`
  return canvas
}

/** Takes a canvas out of the page and keeps it for the next wave. */
export function leaveCanvas(canvas: HTMLCanvasElement): void {
  canvas.remove()
  delete canvas.dataset.painted
  spare.push(canvas)
  if (spare.length > MOST_KEPT) spare.shift()
}
