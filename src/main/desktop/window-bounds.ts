export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const DEFAULT_SIZE = { width: 1440, height: 900 }
/** So much of the title bar must be on a screen for the window to be grasped. */
const SMALLEST_GRIP = 80

/** The bounds to open with: the last ones if they can still be reached, else a size alone, which the system centers. */
export function visibleBounds(last: Bounds | null, screens: readonly Bounds[]): Bounds | typeof DEFAULT_SIZE {
  if (last === null) return DEFAULT_SIZE
  const isReachable = screens.some((area) => {
    const overlap = Math.min(last.x + last.width, area.x + area.width) - Math.max(last.x, area.x)
    return overlap >= SMALLEST_GRIP && last.y >= area.y && last.y < area.y + area.height - SMALLEST_GRIP
  })
  const { x, y, width, height } = last
  return isReachable ? { x, y, width, height } : DEFAULT_SIZE
}
