/** A piece of a region's wave: browsers refuse canvases beyond 65 535 pixels, and small ones are drawn anew quickly. */
export interface Tile {
  readonly index: number
  /** From the region's own left edge. */
  readonly leftPx: number
  readonly widthPx: number
}

export const TILE_PX = 512

/** The tiles of a region of `widthPx` that lie in sight, with half a window of reserve on both sides. */
export function visibleTiles(regionLeftPx: number, widthPx: number, viewWidthPx: number): readonly Tile[] {
  const reserve = viewWidthPx / 2
  const from = Math.max(0, -reserve - regionLeftPx)
  const until = Math.min(widthPx, viewWidthPx + reserve - regionLeftPx)
  const tiles: Tile[] = []
  for (let index = Math.floor(from / TILE_PX); index * TILE_PX < until; index++) {
    const leftPx = index * TILE_PX
    tiles.push({ index, leftPx, widthPx: Math.min(TILE_PX, widthPx - leftPx) })
  }
  return tiles
}

/** Hands out the same object for the same tile: a scroll then draws only what comes into sight. */
export function createTileKeeper(): (tiles: readonly Tile[]) => readonly Tile[] {
  let kept: readonly Tile[] = []
  return (tiles) => {
    kept = tiles.map((tile) => kept.find((old) => old.index === tile.index && old.widthPx === tile.widthPx) ?? tile)
    return kept
  }
}
