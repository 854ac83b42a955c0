import type { Editor } from '../../state/Editor.svelte.ts'

/** As near to an edge of the lanes as this, what is dragged takes the lanes along. */
const EDGE_PX = 24
/** Pixels of scrolling per frame and pixel beyond the edge's beginning. */
const SPEED = 0.4
const MOST_PX_PER_FRAME = 40

/** How far the lanes scroll in this frame when a drag is at `xPx`; 0 away from the edges. */
export function edgeScrollPx(xPx: number, widthPx: number): number {
  const beyond = xPx > widthPx - EDGE_PX ? xPx - (widthPx - EDGE_PX) : Math.min(0, xPx - EDGE_PX)
  return Math.max(-MOST_PX_PER_FRAME, Math.min(MOST_PX_PER_FRAME, Math.round(beyond * SPEED)))
}

/** Scrolls while a drag stays at an edge. `pointerX` is null while nothing is dragged; the answer ends it. */
export function scrollAtEdges(
  { viewport, transport }: Pick<Editor, 'viewport' | 'transport'>,
  pointerX: () => number | null,
  onScroll: () => void,
): () => void {
  const step = (): void => {
    const xPx = pointerX()
    const by = xPx === null ? 0 : edgeScrollPx(xPx, viewport.widthPx)
    const before = viewport.scrollPx
    if (by !== 0) viewport.scrollTo(before + by)
    if (viewport.scrollPx !== before) {
      transport.isFollowSuspended = true
      onScroll()
    }
    frame = requestAnimationFrame(step)
  }
  let frame = requestAnimationFrame(step)
  return () => cancelAnimationFrame(frame)
}
