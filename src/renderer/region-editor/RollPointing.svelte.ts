import { noteName } from '../../shared/units/pitch.ts'
import { say } from '../messages/say.svelte.ts'
import type { Editor } from '../state/Editor.svelte.ts'
import { followPointer, type GesturePoint } from '../timeline/gestures/gesture.ts'
import { TimelineUi } from '../timeline/TimelineUi.svelte.ts'
import { formatNumber } from '../ui/numbers.ts'
import type { RegionEditing, RollNote } from './RegionEditing.svelte.ts'
import { drawMelodyGesture, moveNotesGesture } from './roll-gestures.ts'

const ZOOM_PER_PX = 0.0022

/** Everything a pointer does on the roll. */
export class RollPointing {
  readonly #editor: Editor
  readonly #editing: RegionEditing
  readonly #ui = new TimelineUi()
  roll: HTMLElement | undefined = $state()
  #pointer: GesturePoint | null = $state.raw(null)

  constructor(editor: Editor, editing: RegionEditing) {
    this.#editor = editor
    this.#editing = editing
  }

  /** The pitch under the pointer, in words, and where they stand; null while there is none. */
  get readOut(): { readonly xPx: number; readonly yPx: number; readonly text: string } | null {
    if (!this.#pointer) return null
    const { view } = this.#editing
    const midi = view.heard(view.midiAt(this.#pointer.yPx))
    const cents = Math.round((midi - Math.round(midi)) * 100)
    const text = say.notes.noteAndCents(noteName(midi), `${cents >= 0 ? '+' : ''}${formatNumber(cents, 0)}`)
    return { xPx: this.#pointer.xPx, yPx: this.#pointer.yPx, text }
  }

  readonly hover = (event: PointerEvent): void => void (this.#pointer = this.#pointOf(event))
  readonly leave = (): void => void (this.#pointer = null)

  readonly pressNote = (event: PointerEvent, note: RollNote): void => {
    const editing = this.#editing
    if (event.button !== 0 || editing.tool !== 'notes') return
    event.stopPropagation()
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey
    if (!editing.selected.has(note.index) || isAdding) editing.select(note.index, isAdding)
    const click = (): void => {
      if (!isAdding) editing.select(note.index)
    }
    this.#follow(event, moveNotesGesture(editing, editing.selectedNotes), click)
  }

  readonly press = (event: PointerEvent): void => {
    const { tool, region, selected } = this.#editing
    if (event.button !== 0 || !region?.performance) return
    if (tool === 'notes') return selected.clear()
    this.#follow(event, drawMelodyGesture(this.#editing, tool === 'line'))
  }

  /** Ctrl and wheel zooms at the pointer, Shift and wheel goes along, the wheel alone up and down. */
  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault()
    const { view } = this.#editing
    if (event.ctrlKey || event.metaKey) view.zoomBy(Math.exp(-event.deltaY * ZOOM_PER_PX), this.#pointOf(event).xPx)
    else if (event.shiftKey) view.scrollBy(event.deltaY + event.deltaX, 0)
    else view.scrollBy(event.deltaX, -event.deltaY)
  }

  #follow(event: PointerEvent, begin: Parameters<typeof followPointer>[1]['begin'], click?: () => void): void {
    const options = { editor: this.#editor, ui: this.#ui, pointOf: this.#pointOf, begin }
    followPointer(event, click ? { ...options, click } : options)
  }

  readonly #pointOf = (event: PointerEvent | MouseEvent): GesturePoint => {
    const box = this.roll?.getBoundingClientRect()
    return {
      xPx: event.clientX - (box?.left ?? 0),
      yPx: event.clientY - (box?.top ?? 0),
      isFree: event.shiftKey,
      isCopy: event.ctrlKey || event.metaKey,
    }
  }
}
