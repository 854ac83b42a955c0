import { FailureError, type Failure } from '../../shared/base/errors.ts'
import { say } from '../messages/say.svelte.ts'
import { toldFailure } from '../messages/told.ts'
import { failureReport, type ReportedProgram } from './failure-report.ts'
import { dockTabs, type DockTab, type PanelName } from './ports.ts'

export type Screen = 'start' | 'song' | 'training' | 'emotion-training' | 'instrument-training' | 'vocoder-training'

/** What lies over the window, at most one at a time. */
export type ShellDialog =
  | { readonly kind: 'export' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'preferences' }
  | { readonly kind: 'machines' }
  | { readonly kind: 'new-project' }
  | { readonly kind: 'failure'; readonly title: string; readonly failure: Failure }
  | {
      readonly kind: 'question'
      readonly title: string
      readonly text: string
      readonly choices: readonly QuestionChoice[]
      /** Escape. */
      readonly cancel?: () => void
    }

export interface QuestionChoice {
  readonly label: string
  readonly kind: 'primary' | 'default' | 'ghost'
  readonly run: () => void
}

export interface Message {
  readonly id: number
  readonly kind: 'plain' | 'bad'
  readonly message: string
  readonly action?: { readonly label: string; readonly run: () => void }
  /** Whether what it asks for was done, so that it goes by itself. */
  readonly isOver?: () => boolean
}

/** The window itself: which screen and panels are open, what lies over them, and what is said aloud. */
export class Shell {
  screen: Screen = $state('start')
  isBrowserOpen = $state(true)
  isInspectorOpen = $state(true)
  isDockOpen = $state(false)
  isEngineCheckOpen = $state(true)
  /** A song is being opened; the doors to others wait. */
  isOpening = $state(false)
  dialog: ShellDialog | null = $state.raw(null)
  #dockTabs: readonly DockTab[] = $state.raw(['jobs'])
  #messages: readonly Message[] = $state.raw([])
  #polite = $state('')
  #urgent = $state('')
  #status = $state('')
  #nextId = 1
  readonly #describeProgram: () => ReportedProgram | null

  /** @param describeProgram for reports of failures; null while nothing is known of it */
  constructor(describeProgram: () => ReportedProgram | null = () => null) {
    this.#describeProgram = describeProgram
  }

  get messages(): readonly Message[] {
    return this.#messages.filter((message) => !message.isOver?.())
  }
  get polite(): string {
    return this.#polite
  }
  get urgent(): string {
    return this.#urgent
  }

  /** The last sentence for the footer. */
  get status(): string {
    return this.#status
  }

  /** What the dock shows, in the order of its tabs. */
  get dockTabs(): readonly DockTab[] {
    return this.#dockTabs
  }

  isPanelOpen(panel: PanelName): boolean {
    if (panel === 'browser') return this.isBrowserOpen
    if (panel === 'inspector') return this.isInspectorOpen
    return this.isDockOpen && (panel === 'dock' || this.#dockTabs.includes(panel))
  }
  togglePanel(panel: PanelName): void {
    if (panel === 'browser') this.isBrowserOpen = !this.isBrowserOpen
    else if (panel === 'inspector') this.isInspectorOpen = !this.isInspectorOpen
    else if (panel === 'dock') this.isDockOpen = !this.isDockOpen
    else this.#toggleTab(panel)
  }

  /** The editor takes the whole dock; of the others the last two chosen stand side by side. */
  #toggleTab(tab: DockTab): void {
    if (this.isPanelOpen(tab)) {
      const left = this.#dockTabs.filter((other) => other !== tab)
      if (left.length === 0) this.isDockOpen = false
      else this.#dockTabs = left
      return
    }
    const kept =
      this.isDockOpen && tab !== 'editor' ? this.#dockTabs.filter((other) => other !== 'editor').slice(-1) : []
    const shown = [...kept, tab]
    this.#dockTabs = dockTabs.filter((one) => shown.includes(one))
    this.isDockOpen = true
  }

  /** One sentence in the footer and for a screen reader. */
  say(message: string): void {
    this.#status = message
    this.announce(message)
  }

  /** Says something to a screen reader when it pauses. */
  announce(text: string): void {
    this.#polite = again(this.#polite, text)
  }

  /** Shows and says a message that stays until it is dismissed, or over. */
  tell(message: string, more: Pick<Message, 'action' | 'isOver'> = {}): void {
    this.#add({ id: this.#nextId++, kind: 'plain', message, ...more })
    this.announce(message)
  }

  /** Shows what went wrong; `what` says which act, "The song was not saved". */
  fail(what: string, error: unknown): void {
    const failure = failureOf(error)
    const details = { label: say.state.details, run: () => this.show({ kind: 'failure', title: what, failure }) }
    const message = `${what}: ${failure.message}${failure.remedy ? ` ${failure.remedy}` : ''}`
    this.#add({ id: this.#nextId++, kind: 'bad', message, action: details })
    this.#urgent = again(this.#urgent, message)
  }

  /** Runs an act whose failure the person should see. */
  async attempt<Value>(what: string, act: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await act()
    } catch (error) {
      this.fail(what, error)
      return undefined
    }
  }

  /** All that is known of a failure, as it stands before the person or, where it does not, without anything personal. */
  reportOf(title: string, failure: Failure, isDetailSeen: boolean): string {
    return failureReport(title, failure, this.#describeProgram(), isDetailSeen)
  }

  /** Puts the report of a failure into the clipboard. */
  async copyDetails(title: string, failure: Failure, isDetailSeen = false): Promise<void> {
    const report = this.reportOf(title, failure, isDetailSeen)
    await this.attempt(say.state.detailsNotCopied, async () => {
      await navigator.clipboard.writeText(report)
      this.say(say.state.detailsInClipboard)
    })
  }

  dismiss(id: number): void {
    this.#messages = this.#messages.filter((message) => message.id !== id)
  }

  show(dialog: ShellDialog): void {
    this.dialog = dialog
  }
  closeDialog(): void {
    this.dialog = null
  }

  #add(message: Message): void {
    this.#messages = [...this.#messages.slice(-2), message]
  }
}

/** A failure of the contract as it is; a bug as something that can be shown and copied. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return toldFailure(error.failure)
  const text = error instanceof Error ? error.message : String(error)
  const stack = error instanceof Error ? error.stack : undefined
  return { code: 'request-invalid', message: text, ...(stack === undefined ? {} : { details: stack }) }
}

/** A live region says only what changed: the same words twice need a difference that nobody hears. */
const again = (before: string, text: string): string => (before === text ? `${text}\u00a0` : text)
