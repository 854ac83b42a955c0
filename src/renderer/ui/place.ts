export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const edgeGapPx = 8
const anchorGapPx = 4

/** Where a popup of `size` goes: under its anchor, above it where there is no room, always inside the window. */
export function placePopup(
  anchor: Box,
  size: { readonly width: number; readonly height: number },
  viewport: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const below = anchor.top + anchor.height + (anchor.height > 0 ? anchorGapPx : 0)
  const above = anchor.top - anchorGapPx - size.height
  const fitsBelow = below + size.height + edgeGapPx <= viewport.height
  const top = fitsBelow || above < edgeGapPx ? below : above
  const inside = (value: number, length: number, limit: number): number =>
    Math.max(edgeGapPx, Math.min(value, limit - length - edgeGapPx))
  return {
    left: inside(anchor.left, size.width, viewport.width),
    top: inside(top, size.height, viewport.height),
  }
}

/** Shows an element in the top layer beside `anchor`. */
export function popUpBeside(element: HTMLElement, anchor: Box): void {
  if (!element.matches(':popover-open')) element.showPopover()
  const viewport = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }
  const size = { width: element.offsetWidth, height: element.offsetHeight }
  const { left, top } = placePopup(anchor, size, viewport)
  element.style.left = `${left}px`
  element.style.top = `${top}px`
}
