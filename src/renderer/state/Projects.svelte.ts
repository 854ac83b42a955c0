import type { ProjectId } from '../../shared/base/id.ts'
import type { RecentProject, Recovery } from '../../shared/contract/library.ts'
import type { Call, OpenProject } from '../../shared/contract/verbs.ts'

/** The songs of this machine: recent ones, unsaved work, and the ways to open one. */
export class Projects {
  readonly #call: Call
  #recent: readonly RecentProject[] = $state.raw([])
  #recoveries: readonly Recovery[] = $state.raw([])
  #keptForLater: ReadonlySet<ProjectId> = $state.raw(new Set())
  #isLoaded = $state(false)

  constructor(call: Call) {
    this.#call = call
  }

  /** Last opened first. */
  get recent(): readonly RecentProject[] {
    return this.#recent
  }
  get isLoaded(): boolean {
    return this.#isLoaded
  }
  /** Unsaved work that the person has not put off in this run. */
  readonly recoveries = $derived(this.#recoveries.filter((recovery) => !this.#keptForLater.has(recovery.projectId)))

  async load(): Promise<void> {
    const [recent, recoveries] = await Promise.all([
      this.#call('project:listRecent', {}),
      this.#call('project:listRecoveries', {}),
    ])
    this.#recent = recent.toSorted((a, b) => b.openedAtMs - a.openedAtMs)
    this.#recoveries = recoveries.toSorted((a, b) => b.autosavedAtMs - a.autosavedAtMs)
    this.#isLoaded = true
  }

  create = (name: string, rateHz: number): Promise<OpenProject> => this.#call('project:create', { name, rateHz })
  open = (path: string): Promise<OpenProject> => this.#call('project:open', { path })
  openDemo = (): Promise<OpenProject> => this.#call('project:openDemo', {})
  recover = (projectId: ProjectId): Promise<OpenProject> => this.#call('project:recover', { projectId })
  close = (projectId: ProjectId): Promise<unknown> => this.#call('project:close', { projectId })

  /** The work stays on disk and is offered again at the next start. */
  keepForLater(projectId: ProjectId): void {
    this.#keptForLater = new Set([...this.#keptForLater, projectId])
  }
  async discardRecovery(projectId: ProjectId): Promise<void> {
    await this.#call('project:discardRecovery', { projectId })
    this.#recoveries = this.#recoveries.filter((recovery) => recovery.projectId !== projectId)
  }
}
