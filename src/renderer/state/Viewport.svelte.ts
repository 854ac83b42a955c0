import type { Samples } from '../../shared/units/time.ts'

/** Closest: four pixels per sample. Farthest: an hour at 192 kHz in a narrow window. */
const LEAST_SAMPLES_PER_PX = 0.25
const MOST_SAMPLES_PER_PX = 2_000_000
/** Kept free at both ends when something is shown whole. */
const MARGIN_PX = 20
/** Room behind the song's end that one can scroll into. */
const TAIL_PX = 400

export const laneHeightsPx = { compact: 48, default: 80, large: 128 } as const
export type LaneSize = keyof typeof laneHeightsPx

interface View {
  readonly samplesPerPx: number
  readonly scrollPx: number
}

/** Which part of the timeline is seen, in whole pixels so that waves do not shimmer while scrolling. */
export class Viewport {
  samplesPerPx: number = $state(1200)
  /** Left edge, in pixels from the song's start. */
  scrollPx: number = $state(0)
  /** Width of the lanes, measured by the timeline. */
  widthPx: number = $state(717)
  laneSize: LaneSize = $state('default')
  #back: View[] = []

  get startSamples(): Samples {
    return Math.round(this.scrollPx * this.samplesPerPx)
  }

  get endSamples(): Samples {
    return Math.round((this.scrollPx + this.widthPx) * this.samplesPerPx)
  }

  get laneHeightPx(): number {
    return laneHeightsPx[this.laneSize]
  }

  /** Pixels from the left edge of the lanes. */
  xOf(position: Samples): number {
    return Math.round(position / this.samplesPerPx) - this.scrollPx
  }

  /** Pixels from the song's start. */
  pxOf(position: Samples): number {
    return Math.round(position / this.samplesPerPx)
  }

  positionAt(xPx: number): Samples {
    return Math.max(0, Math.round((xPx + this.scrollPx) * this.samplesPerPx))
  }

  scrollTo(px: number, songEndSamples: Samples = Infinity): void {
    const most = Math.max(0, songEndSamples / this.samplesPerPx + TAIL_PX - this.widthPx)
    this.scrollPx = Math.max(0, Math.min(Math.round(px), Math.ceil(most)))
  }

  /** Zooms by a factor (above 1 is closer) and keeps what is under `xPx` in its place. */
  zoomBy(factor: number, xPx: number): void {
    const anchor = (xPx + this.scrollPx) * this.samplesPerPx
    this.samplesPerPx = Math.min(MOST_SAMPLES_PER_PX, Math.max(LEAST_SAMPLES_PER_PX, this.samplesPerPx / factor))
    this.scrollPx = Math.max(0, Math.round(anchor / this.samplesPerPx - xPx))
  }

  /** Shows a span whole, and remembers the view before for `zoomBack`. */
  zoomTo(startSamples: Samples, endSamples: Samples): void {
    this.#back.push({ samplesPerPx: this.samplesPerPx, scrollPx: this.scrollPx })
    const roomPx = Math.max(1, this.widthPx - 2 * MARGIN_PX)
    const wanted = Math.max(1, endSamples - startSamples) / roomPx
    this.samplesPerPx = Math.min(MOST_SAMPLES_PER_PX, Math.max(LEAST_SAMPLES_PER_PX, wanted))
    this.scrollPx = Math.max(0, Math.round(startSamples / this.samplesPerPx) - MARGIN_PX)
  }

  zoomBack(): void {
    const view = this.#back.pop()
    if (!view) return
    this.samplesPerPx = view.samplesPerPx
    this.scrollPx = view.scrollPx
  }

  /** Scrolls as little as needed to see a span's start, or as much of it as fits. */
  reveal(startSamples: Samples, endSamples: Samples): void {
    const [start, end] = [this.pxOf(startSamples), this.pxOf(endSamples)]
    if (start < this.scrollPx) this.scrollPx = Math.max(0, start - MARGIN_PX)
    else if (end > this.scrollPx + this.widthPx)
      this.scrollPx = Math.max(0, Math.min(start - MARGIN_PX, end - this.widthPx + MARGIN_PX))
  }

  /** Page-flip: a playhead that left the window brings the next page. */
  follow(position: Samples): void {
    const px = this.pxOf(position)
    if (px < this.scrollPx || px >= this.scrollPx + this.widthPx) this.scrollPx = Math.max(0, px - MARGIN_PX)
  }

  changeLaneSize(direction: 1 | -1): void {
    const sizes: readonly LaneSize[] = ['compact', 'default', 'large']
    this.laneSize = sizes[Math.min(2, Math.max(0, sizes.indexOf(this.laneSize) + direction))]
  }
}
