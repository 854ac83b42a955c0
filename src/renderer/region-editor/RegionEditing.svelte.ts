import { SvelteSet } from 'svelte/reactivity'
import {
  findNotes,
  melodyShift,
  positionOf,
  readPitch,
  type MelodyPlace,
  type SungNote,
} from '../../shared/melody/index.ts'
import { changePerformance } from '../../shared/project/edits/performance.ts'
import {
  changeNote,
  isEdited,
  noteChangeAt,
  type NoteChange,
  type PitchSpan,
} from '../../shared/project/edits/melody.ts'
import type { Region } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import type { Midi } from '../../shared/units/pitch.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import type { Editor } from '../state/Editor.svelte.ts'
import type { Failure } from '../../shared/base/errors.ts'
import { failureOf } from '../state/Shell.svelte.ts'
import { RollView } from './RollView.svelte.ts'

export type RollTool = 'notes' | 'line' | 'draw'

/** A note of the region as it is sung, and as it will be. */
export interface RollNote extends PitchSpan {
  readonly index: number
  readonly center: Midi
  /** With everything that was changed of it. */
  readonly movedCenter: Midi
  readonly isEdited: boolean
  readonly sung: SungNote
}

/** A seventh of a second: shorter ones may be slips of the tracker, and decide nothing about what is shown. */
const HELD_FRAMES = 30

interface Melody {
  readonly regionId: Region['id']
  readonly place: MelodyPlace
  readonly f0Hz: Float32Array
  readonly notes: readonly SungNote[]
}

/** The melody of one region under the hands of a person. */
export class RegionEditing {
  readonly view = new RollView()
  readonly #editor: Editor
  readonly #call: Call
  #melody: Melody | null = $state.raw(null)
  /** Why there are no notes; null while they are looked for or there. */
  failure: Failure | null = $state.raw(null)
  tool: RollTool = $state('notes')
  /** Indices of notes. */
  readonly selected = new SvelteSet<number>()
  focusedIndex: number = $state(0)
  focusRequest: number = $state(0)
  #asked = ''

  constructor(editor: Editor, call: Call) {
    this.#editor = editor
    this.#call = call
  }

  /** What is selected, or has the keyboard; the first of several. */
  readonly region: Region | null = $derived.by(() => this.#editor.chosenRegions[0] ?? null)
  readonly melody = $derived.by(() => (this.#melody?.regionId === this.region?.id ? this.#melody : null))

  /** By how many semitones each frame is moved; null where nothing is. */
  readonly shift: Float64Array | null = $derived.by(() => {
    const performance = this.region?.performance
    return this.melody && performance ? melodyShift(this.melody.f0Hz, performance, this.melody.place) : null
  })

  readonly notes: readonly RollNote[] = $derived.by(() => {
    const { melody, shift } = this
    const performance = this.region?.performance ?? null
    if (!melody) return []
    return melody.notes.map((sung, index) => {
      const startSamples = Math.round(positionOf(sung.startFrame, melody.place))
      const endSamples = Math.round(positionOf(sung.endFrame, melody.place))
      const span = { startSamples, endSamples }
      const movedCenter = sung.center + meanShift(shift, sung)
      return {
        ...span,
        index,
        sung,
        center: sung.center,
        movedCenter,
        isEdited: !!performance && isEdited(performance, span),
      }
    })
  })

  readonly selectedNotes = $derived.by(() => this.notes.filter((note) => this.selected.has(note.index)))

  /** Asks for the melody of the region that is shown, once for each span. */
  async load(): Promise<void> {
    const { region } = this
    const { project } = this.#editor.session
    if (!region) return
    const key = `${region.id} ${region.sourceId} ${region.sourceStartSamples} ${region.durationSamples}`
    if (key === this.#asked) return
    this.#asked = key
    this.failure = null
    this.selected.clear()
    this.focusedIndex = 0
    try {
      const { startSamples, pitch } = await this.#call('project:pitch', {
        projectId: project.id,
        sourceId: region.sourceId,
        sourceStartSamples: region.sourceStartSamples,
        durationSamples: region.durationSamples,
      })
      if (key !== this.#asked) return
      const f0Hz = readPitch(pitch)
      const place = { startSamples, rateHz: project.rateHz }
      this.#melody = { regionId: region.id, place, f0Hz, notes: findNotes(f0Hz) }
      this.#showNotes(this.#melody.notes)
    } catch (reason) {
      if (key === this.#asked) this.failure = failureOf(reason)
    }
  }

  #showNotes(notes: readonly SungNote[]): void {
    const held = notes.filter((note) => note.endFrame - note.startFrame >= HELD_FRAMES)
    const centers = (held.length > 0 ? held : notes).map((note) => note.center)
    if (centers.length === 0) return
    this.view.fitPitch(Math.min(...centers), Math.max(...centers))
  }

  select(index: number, isAdding = false): void {
    if (!isAdding) this.selected.clear()
    if (isAdding && this.selected.has(index)) this.selected.delete(index)
    else this.selected.add(index)
    this.focusedIndex = index
  }

  focus(index: number): void {
    const note = this.notes[index]
    if (!note) return
    this.select(index)
    this.view.reveal(note.startSamples, note.endSamples)
    this.focusRequest++
  }

  changeOf(note: PitchSpan): NoteChange | null {
    return this.region?.performance ? noteChangeAt(this.region.performance, note) : null
  }

  /** Changes what the region asks for, as one step. */
  edit(label: string, change: (performance: Performance) => Performance): void {
    const { region } = this
    if (!region) return
    this.#editor.session.edit(say.edits.valueOf(label, region.name), (project) =>
      changePerformance(project, [region.id], change),
    )
  }

  /** One press of a key many times is one step. */
  nudge(label: string, change: (performance: Performance) => Performance): void {
    const { region } = this
    if (!region) return
    this.#editor.session.nudge(
      `${label} ${[...this.selected].join()}`,
      say.edits.valueOf(label, region.name),
      (project) => changePerformance(project, [region.id], change),
    )
  }

  /** A slider or a drag moves within one step, until the session's `commit`. */
  drag(label: string, change: (performance: Performance) => Performance): void {
    const { region } = this
    const { session } = this.#editor
    if (!region) return
    if (!session.isGesturing) session.begin(say.edits.valueOf(label, region.name))
    session.continue((before) => changePerformance(before, [region.id], change))
  }

  /** The same change to all of the notes, each from where it is. */
  changeNotes(
    performance: Performance,
    notes: readonly PitchSpan[],
    change: (before: NoteChange) => Partial<NoteChange>,
  ): Performance {
    return notes.reduce((now, note) => changeNote(now, note, change(noteChangeAt(performance, note))), performance)
  }
}

function meanShift(shift: Float64Array | null, { startFrame, endFrame }: SungNote): number {
  if (!shift) return 0
  const part = shift.subarray(startFrame, endFrame)
  return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length)
}
