import type { TrackId } from '../../shared/base/id.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import type { Editor } from '../state/Editor.svelte.ts'
import { placeAsked } from '../ui/menu.ts'
import { dropFiles, dropKind, dropSinger, dropTarget } from './drops.ts'
import { fadeRegionGesture } from './gestures/fade-region.ts'
import { followPointer, type Gesture, type GesturePoint, type GestureStart } from './gestures/gesture.ts'
import { marqueeGesture } from './gestures/marquee.ts'
import { moveRegionsGesture } from './gestures/move-regions.ts'
import { trimRegionGesture } from './gestures/trim-region.ts'
import type { Zone } from './gestures/zones.ts'
import { TimelineUi } from './TimelineUi.svelte.ts'
import { turnWheel } from './wheel.ts'

/** Everything a pointer does over the lanes: presses, drags, drops, menus and wheels. */
export class Pointing {
  readonly ui = new TimelineUi()
  readonly #editor: Editor
  /** The rulers give x, the scroller of the lanes gives y. */
  rulers: HTMLElement | undefined = $state()
  scroller: HTMLElement | undefined = $state()

  constructor(editor: Editor) {
    this.#editor = editor
  }

  readonly pointOf = (event: PointerEvent | MouseEvent): GesturePoint => ({
    xPx: event.clientX - (this.rulers?.getBoundingClientRect().left ?? 0),
    yPx: event.clientY - (this.scroller?.getBoundingClientRect().top ?? 0) + (this.scroller?.scrollTop ?? 0),
    isFree: event.shiftKey,
    isCopy: event.ctrlKey || event.metaKey,
  })

  readonly pressRegion = (event: PointerEvent, region: Region, zone: Zone): void => {
    event.stopPropagation()
    if (event.button !== 0) return
    const { selection, session } = this.#editor
    const isCombining = event.shiftKey || event.ctrlKey || event.metaKey
    if (!selection.has(region.id) && !isCombining) selection.select([region.id])
    const click = (): void => {
      if (event.shiftKey) selection.extendTo(region.id, session.project)
      else if (isCombining) selection.toggle(region.id)
      else selection.select([region.id])
    }
    const begin = (start: GestureStart): Gesture => {
      if (!selection.has(region.id)) selection.select([region.id])
      return gestureOf(zone, region)(start)
    }
    followPointer(event, { editor: this.#editor, ui: this.ui, pointOf: this.pointOf, click, begin })
  }

  readonly pressLane = (event: PointerEvent): void => {
    const click = (): void => this.#editor.selection.clear()
    followPointer(event, { editor: this.#editor, ui: this.ui, pointOf: this.pointOf, begin: marqueeGesture, click })
  }

  readonly openRegionMenu = (event: MouseEvent, region: Region): void => {
    if (!this.#editor.selection.has(region.id)) this.#editor.selection.select([region.id])
    this.#openMenu(event, 'region', region.trackId)
  }

  readonly openTrackMenu = (event: MouseEvent, track: Track): void => {
    this.#editor.selection.focusTrack(track.id)
    this.#openMenu(event, 'track', track.id)
  }
  readonly openLaneMenu = (event: MouseEvent, track: Track | null): void =>
    this.#openMenu(event, 'lane', track?.id ?? null)
  readonly openRulerMenu = (event: MouseEvent): void => this.#openMenu(event, 'ruler', null)

  /** Beside the chosen region, where no pointer says a place. */
  placeOfMenu(): { left: number; top: number } {
    const { menu } = this.#editor
    if (menu?.at) return { left: menu.at.x, top: menu.at.y }
    const box = this.#elementOfMenu()?.getBoundingClientRect()
    const around = this.rulers?.getBoundingClientRect()
    const left = Math.max(box?.left ?? 0, around?.left ?? 0) + 8
    return { left, top: box ? box.top + 22 : (around?.bottom ?? 0) + 8 }
  }

  #elementOfMenu(): Element | null | undefined {
    const { menu, chosenRegions, markers, tempo } = this.#editor
    if (menu?.kind === 'marker') return this.rulers?.querySelector(`[data-marker="${markers.focusedId}"]`)
    if (menu?.kind === 'tempo') return this.rulers?.querySelector(`[data-tempo="${tempo.focusedBar}"]`)
    if (menu?.kind === 'ruler') return null
    if (menu?.kind === 'track') return this.scroller?.querySelector(`[data-track="${menu.trackId}"]`)
    const [region] = chosenRegions
    return region && this.scroller?.querySelector(`[data-region="${region.id}"]`)
  }

  readonly dragOver = (event: DragEvent): void => {
    const kind = dropKind(event.dataTransfer)
    if (!kind) return
    event.preventDefault()
    this.ui.targetTrackId = dropTarget(this.#editor, kind, this.pointOf(event))
  }

  readonly drop = (event: DragEvent, onHeader: Track | null = null): void => {
    const kind = dropKind(event.dataTransfer)
    this.ui.clear()
    if (!kind || !event.dataTransfer) return
    event.preventDefault()
    event.stopPropagation()
    const point = this.pointOf(event)
    if (kind === 'files') void dropFiles(this.#editor, event.dataTransfer, point)
    else dropSinger(this.#editor, event.dataTransfer, point, onHeader)
  }

  /** Wheels need a listener that may hold the page's own scrolling. */
  readonly wheel = (element: HTMLElement): (() => void) => {
    const turn = (event: WheelEvent): void => {
      if (turnWheel(this.#editor, event, this.pointOf(event).xPx)) event.preventDefault()
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }

  #openMenu(event: MouseEvent, kind: 'region' | 'track' | 'lane' | 'ruler', trackId: TrackId | null): void {
    event.preventDefault()
    event.stopPropagation()
    this.#editor.requestMenu(kind, placeAsked(event), trackId)
  }
}

function gestureOf(zone: Zone, region: Region): (start: GestureStart) => Gesture {
  switch (zone) {
    case 'body':
      return moveRegionsGesture(region)
    case 'start':
    case 'end':
      return trimRegionGesture(region, zone)
    case 'fade-in':
      return fadeRegionGesture(region, 'in')
    case 'fade-out':
      return fadeRegionGesture(region, 'out')
  }
}
