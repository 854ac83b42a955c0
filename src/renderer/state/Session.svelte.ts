import type { Failure } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { Call, OpenProject } from '../../shared/contract/verbs.ts'
import * as history from '../../shared/project/history.ts'
import type { History } from '../../shared/project/history.ts'
import type { Project } from '../../shared/project/model.ts'
import { songTime, type SongTime } from '../../shared/units/song-time.ts'
import { failureOf } from './Shell.svelte.ts'
import { Autosave } from './autosave.ts'
import { windowTimers, type Timers } from './ports.ts'

/** The open document. Every change goes through here, and the history records it. */
export class Session {
  readonly #call: Call
  readonly #autosave: Autosave
  readonly #timers: Timers
  #history: History
  #saved: Project | null
  #editCount = 0
  #waiting: (() => void)[] = []
  #lastNudge: { readonly what: string; readonly step: history.Step | null; readonly atMs: number } | null = null

  path: string | null = $state(null)
  savedAtMs: number | null = $state(null)
  autosavedAtMs: number | null = $state(null)
  /** What a save or a recovery copy ran into; null when the last one went well. */
  saveFailure: Failure | null = $state(null)
  missingSourceIds: ReadonlySet<SourceId> = $state.raw(new Set())

  constructor(opened: OpenProject, call: Call, timers: Timers = windowTimers) {
    this.#call = call
    this.#timers = timers
    this.#history = $state.raw(history.createHistory(opened.document))
    this.#saved = $state.raw(opened.wasRecovered ? null : opened.document)
    this.path = opened.path
    this.missingSourceIds = new Set(opened.missingSourceIds)
    this.#autosave = new Autosave(() => this.#writeRecovery(), timers)
  }

  get project(): Project {
    return this.#history.present
  }

  readonly #tempoMap = $derived.by(() => this.#history.present.tempoMap)
  /** Between samples and bars; the same object until the tempo map changes. */
  readonly time: SongTime = $derived.by(() => songTime(this.#tempoMap, this.#history.present.rateHz))

  /** Whether the document differs from the file it was opened from or saved to. */
  get isDirty(): boolean {
    return this.#history.present !== this.#saved
  }

  get undoLabel(): string | null {
    return this.#history.past.at(-1)?.label ?? null
  }

  get redoLabel(): string | null {
    return this.#history.future.at(-1)?.label ?? null
  }

  /** The steps that were made, oldest first. */
  readonly undoLabels: readonly string[] = $derived.by(() => this.#history.past.map((step) => step.label))
  /** The steps that were taken back, the one that comes next first. */
  readonly redoLabels: readonly string[] = $derived.by(() =>
    this.#history.future.map((step) => step.label).toReversed(),
  )

  get isGesturing(): boolean {
    return this.#history.gesture !== null
  }

  edit(label: string, change: (project: Project) => Project): void {
    this.#set(history.edit(this.#history, label, change))
  }

  /**
   * A small change that is often made many times in a row, as by a key: those of one `what` that follow each other
   * within a second are one step.
   */
  nudge(what: string, label: string, change: (project: Project) => Project): void {
    const nowMs = this.#timers.nowMs()
    const last = this.#lastNudge
    const goesOn = last?.what === what && last.step === this.lastStep() && nowMs - last.atMs < NUDGE_RUN_MS
    if (goesOn && !this.isGesturing) this.#set(history.prolong(this.#history, change))
    else this.edit(label, change)
    this.#lastNudge = { what, step: this.lastStep(), atMs: nowMs }
  }

  /** A change that belongs to the step before it, as the second result of one command. */
  amend(change: (project: Project) => Project): void {
    this.#set(history.amend(this.#history, change))
  }

  /** Media that were lost are there again. */
  mediaCame(sourceIds: readonly SourceId[]): void {
    if (!sourceIds.some((id) => this.missingSourceIds.has(id))) return
    this.missingSourceIds = new Set([...this.missingSourceIds].filter((id) => !sourceIds.includes(id)))
  }

  begin(label: string): void {
    this.#history = history.beginGesture(this.#history, label)
  }

  /** Always computed from the document at the gesture's start. */
  continue(change: (before: Project) => Project): void {
    this.#history = history.continueGesture(this.#history, change)
  }

  commit(): void {
    this.#set(history.commitGesture(this.#history))
    this.#runWaiting()
  }

  abandon(): void {
    this.#history = history.abandonGesture(this.#history)
    this.#runWaiting()
  }

  /** Acts now, or when the running gesture has ended: a result from outside must not end a drag. */
  afterGesture(act: () => void): void {
    if (this.isGesturing) this.#waiting.push(act)
    else act()
  }

  undo(): void {
    this.#set(history.undo(this.#history))
  }

  redo(): void {
    this.#set(history.redo(this.#history))
  }

  /** Goes back or forward until this many steps are made. */
  travel(stepCount: number): void {
    this.#set(history.travel(this.#history, stepCount))
  }

  /** The last step, to see later whether anything came on top of it. */
  lastStep(): history.Step | null {
    return this.#history.past.at(-1) ?? null
  }

  /** Saves where the document lies, or at `path`. False, with `saveFailure` set, when it could not be written. */
  async save(path: string | null = this.path): Promise<boolean> {
    this.#autosave.forget()
    await this.#autosave.settled()
    const document = this.project
    try {
      const saved = await this.#call('project:save', { projectId: document.id, document, path })
      this.path = saved.path
      this.savedAtMs = saved.savedAtMs
      this.#saved = document
      this.#editCount = 0
      this.saveFailure = null
      return true
    } catch (reason) {
      this.saveFailure = failureOf(reason)
      return false
    }
  }

  /** Writes the recovery copy that still waits; for a window that is about to close. */
  flush(): Promise<void> {
    return this.#autosave.flush()
  }

  dispose(): void {
    this.#autosave.forget()
  }

  #runWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const act of waiting) act()
  }

  #set(next: History): void {
    const isChanged = next.present !== this.#history.present || next.past !== this.#history.past
    this.#history = next
    if (!isChanged) return
    this.#editCount++
    this.#autosave.changed()
  }

  async #writeRecovery(): Promise<void> {
    const document = this.project
    try {
      const written = await this.#call('project:autosave', {
        projectId: document.id,
        document,
        editCount: this.#editCount,
      })
      this.autosavedAtMs = written.savedAtMs
      this.saveFailure = null
    } catch (reason) {
      this.saveFailure = failureOf(reason)
      this.#timers.after(RETRY_MS, () => this.#autosave.changed())
    }
  }
}

/** Longer than anybody pauses between two taps of one key, shorter than a thought. */
const NUDGE_RUN_MS = 1000
/** A recovery copy that could not be written is tried again after this long. */
const RETRY_MS = 10_000

/** Failures cross the bridge as errors whose message is made for people. */
export const messageOf = (reason: unknown): string => failureOf(reason).message
