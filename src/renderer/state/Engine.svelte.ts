import type { JobId } from '../../shared/base/id.ts'
import type { EngineReport, EngineState } from '../../shared/contract/library.ts'
import type { NativeVariantId } from '../../shared/contract/engines.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'

/** What this machine computes with, and how fast it was when last measured. */
export class Engine {
  readonly #call: Call
  #report: EngineReport | null = $state.raw(null)

  constructor(call: Call) {
    this.#call = call
  }

  get report(): EngineReport | null {
    return this.#report
  }
  /** One trains, the same or another converts. */
  readonly used: readonly EngineState[] = $derived(
    this.#report?.engines.filter((engine) => engine.state === 'in-use') ?? [],
  )
  readonly inUse: EngineState | undefined = $derived(this.used[0])
  readonly isMeasured = $derived(this.#report?.realTimeFactor != null)

  async load(): Promise<void> {
    this.#report = await this.#call('engine:describe', {})
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'engine-changed') this.#report = event.report
  }

  async measure(): Promise<JobId> {
    return (await this.#call('engine:measure', {})).jobId
  }

  /** Goes on where an earlier download was cut off. */
  async install(variant: NativeVariantId): Promise<JobId> {
    return (await this.#call('engine:install', { variant })).jobId
  }

  async remove(): Promise<void> {
    await this.#call('engine:remove', {})
  }
}
