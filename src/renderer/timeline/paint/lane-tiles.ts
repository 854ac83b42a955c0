import type { Samples } from '../../../shared/units/time.ts'
import type { Viewport } from '../../state/Viewport.svelte.ts'
import { WINDOW_STEP_PX } from '../lane-window.ts'

/** As wide as a step of a lane's window: with every step one piece leaves on one side and one comes on the other. */
export const LANE_TILE_PX = WINDOW_STEP_PX

/** A piece of a lane, as a painter sees it: x is measured from the piece's own left edge. */
export interface TileView {
  readonly widthPx: number
  readonly samplesPerPx: number
  readonly startSamples: Samples
  readonly endSamples: Samples
  xOf(position: Samples): number
}

/** How many pieces cover a lane's window wherever it stands. */
export const laneTileCount = (viewWidthPx: number): number => Math.ceil((viewWidthPx + WINDOW_STEP_PX) / LANE_TILE_PX)

/**
 * Where the piece of a slot begins, in pixels from the song's start. A piece keeps its slot as long as it is in the
 * window, and then the slot goes to the piece that comes in: so a canvas is used over and over, and painted only when
 * it has another place.
 */
export function laneTilePx(windowPx: number, slot: number, count: number): number {
  const first = Math.floor(windowPx / LANE_TILE_PX)
  const after = (((slot - first) % count) + count) % count
  return windowPx + after * LANE_TILE_PX
}

export function tileView(viewport: Pick<Viewport, 'samplesPerPx' | 'pxOf'>, startPx: number): TileView {
  const { samplesPerPx } = viewport
  return {
    widthPx: LANE_TILE_PX,
    samplesPerPx,
    startSamples: Math.round(startPx * samplesPerPx),
    endSamples: Math.round((startPx + LANE_TILE_PX) * samplesPerPx),
    xOf: (position) => viewport.pxOf(position) - startPx,
  }
}
