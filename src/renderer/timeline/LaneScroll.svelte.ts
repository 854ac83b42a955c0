import type { Attachment } from 'svelte/attachments'
import type { Viewport } from '../state/Viewport.svelte.ts'
import { laneWindow } from './lane-window.ts'

/** Lanes up to half a window above and below what is in sight follow: a turn of the wheel finds them drawn. */
const NEAR_MARGIN = '50% 0px'

/**
 * How a lane follows the scroll: what stands in it is measured from `originPx` and drawn from `windowPx` on, both of
 * which move only now and then, and `move` shifts it as a whole in every frame. A lane far above or below what is in
 * sight stands still until it comes near.
 */
export class LaneScroll {
  readonly #viewport: Viewport
  // State that is set, not derived: what is derived from the scroll would be looked at by all of a lane in every frame.
  originPx: number = $state(0)
  windowPx: number = $state(0)
  #isNear: boolean = $state(true)
  #lastScrollPx = 0

  /** To be made while a component is set up. */
  constructor(viewport: Viewport, laneIndex: () => number) {
    this.#viewport = viewport
    const follow = (): void => {
      this.#lastScrollPx = this.scrollPx
      const { originPx, windowPx } = laneWindow(this.#lastScrollPx, laneIndex())
      this.originPx = originPx
      this.windowPx = windowPx
    }
    follow()
    $effect.pre(follow)
  }

  /** Nothing has to be drawn that is not. */
  get isNear(): boolean {
    return this.#isNear
  }

  get scrollPx(): number {
    return this.#isNear ? this.#viewport.scrollPx : this.#lastScrollPx
  }

  /** For the lane itself: whether it is near is a matter of the page. */
  readonly watch: Attachment<HTMLElement> = (lane) => {
    const observer = new IntersectionObserver(
      (entries) => (this.#isNear = entries[entries.length - 1].isIntersecting),
      { root: lane.closest('[data-lanes]'), rootMargin: NEAR_MARGIN },
    )
    observer.observe(lane)
    return () => observer.disconnect()
  }

  /** For whatever holds things that are placed from `originPx`. */
  readonly move: Attachment<HTMLElement> = (element) => {
    $effect(() => {
      element.style.transform = `translateX(${this.originPx - this.scrollPx}px)`
    })
  }
}
