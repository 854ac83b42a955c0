import type { Editor } from '../../state/Editor.svelte.ts'
import type { TimelineUi } from '../TimelineUi.svelte.ts'
import { scrollAtEdges } from './scroll-at-edges.ts'

/** A pointer over the lanes, in pixels from their left edge and from the top of the first lane. */
export interface GesturePoint {
  readonly xPx: number
  readonly yPx: number
  /** Shift: the grid does not hold. */
  readonly isFree: boolean
  /** Ctrl or Cmd: a copy is dragged. */
  readonly isCopy: boolean
}

/**
 * A drag. Every move computes from what was there at the beginning and the total distance, so that moves never
 * add up; the end is one undo step, and a cancel leaves no trace.
 */
export interface Gesture {
  move(point: GesturePoint): void
  end(): void
  cancel(): void
}

export interface GestureStart {
  readonly editor: Editor
  readonly ui: TimelineUi
  /** Where the drag began, in the lanes as they stand now: it goes with them when they scroll. */
  readonly origin: GesturePoint
}

/** The pointer has to travel this far before a press becomes a drag. */
export const DRAG_THRESHOLD_PX = 3

export interface PointerOptions {
  readonly editor: Editor
  readonly ui: TimelineUi
  /** Where a pointer is over the lanes. */
  pointOf(event: PointerEvent | MouseEvent): GesturePoint
  begin(start: GestureStart): Gesture
  /** The press was let go where it began. */
  click?(): void
  readonly thresholdPx?: number
}

/** Runs a gesture from a press to its end: on the window, so that what is dragged may leave the element it began on. */
export function followPointer(down: PointerEvent, options: PointerOptions): void {
  if (down.button !== 0) return
  const { editor, ui, pointOf } = options
  const began = pointOf(down)
  const beganScrollPx = editor.viewport.scrollPx
  const origin = {
    ...began,
    get xPx() {
      return began.xPx + beganScrollPx - editor.viewport.scrollPx
    },
  }
  const threshold = options.thresholdPx ?? DRAG_THRESHOLD_PX
  let gesture: Gesture | null = null
  let last: PointerEvent = down
  let modifiers: Pick<GesturePoint, 'isFree' | 'isCopy'> = began

  const finish = (close: ((gesture: Gesture) => void) | null): void => {
    listening.abort()
    stopScrolling()
    editor.cancelGesture = null
    if (gesture && close) close(gesture)
    gesture = null
    ui.clear()
  }
  const moveOn = (): void => gesture?.move({ ...pointOf(last), ...modifiers })
  const move = (event: PointerEvent): void => {
    last = event
    const point = pointOf(event)
    modifiers = { isFree: point.isFree, isCopy: point.isCopy }
    if (!gesture && Math.hypot(point.xPx - origin.xPx, point.yPx - origin.yPx) < threshold) return
    if (!gesture) {
      gesture = options.begin({ editor, ui, origin })
      ui.isGesturing = true
    }
    moveOn()
  }
  const stopScrolling = scrollAtEdges(editor, () => (gesture ? pointOf(last).xPx : null), moveOn)
  const changeModifiers = (event: KeyboardEvent): void => {
    modifiers = { isFree: event.shiftKey, isCopy: event.ctrlKey || event.metaKey }
    moveOn()
  }
  const listening = new AbortController()
  const { signal } = listening
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('keydown', changeModifiers, { signal })
  window.addEventListener('keyup', changeModifiers, { signal })
  window.addEventListener('pointerup', () => (gesture ? finish((done) => done.end()) : finishClick()), { signal })
  window.addEventListener('pointercancel', () => finish((lost) => lost.cancel()), { signal })
  editor.cancelGesture = () => finish((abandoned) => abandoned.cancel())
  if (threshold === 0) move(down)

  function finishClick(): void {
    finish(null)
    options.click?.()
  }
}
