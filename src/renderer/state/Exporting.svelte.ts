import type { RegionId } from '../../shared/base/id.ts'
import type { ExportedFile, Job } from '../../shared/contract/jobs.ts'
import type { Call, ExportOptions } from '../../shared/contract/verbs.ts'
import type { Project } from '../../shared/project/model.ts'
import type { Jobs } from './Jobs.svelte.ts'

/** What the export sheet asks for, and the export as it runs. */
export class Exporting {
  readonly #call: Call
  readonly #jobs: Jobs
  options: Omit<ExportOptions, 'regionIds' | 'folder'> = $state.raw({
    what: 'stems',
    encoding: 'pcm24',
    rateHz: null,
    start: 'zero',
    channels: 'mono',
    nameTemplate: '{song} – {track}',
    writesMetadata: true,
    writesReport: false,
    writesSession: false,
  })
  /** Null until the person chose one. */
  folder: string | null = $state(null)
  #jobId: Job['id'] | null = $state(null)

  constructor(call: Call, jobs: Jobs) {
    this.#call = call
    this.#jobs = jobs
  }

  /** The export that was started from the sheet. */
  readonly job: Job | null = $derived.by(() => (this.#jobId === null ? null : (this.#jobs.get(this.#jobId) ?? null)))
  readonly files: readonly ExportedFile[] = $derived(this.job?.outcome?.kind === 'export' ? this.job.outcome.files : [])

  change(change: Partial<Omit<ExportOptions, 'regionIds' | 'folder'>>): void {
    this.options = { ...this.options, ...change }
  }

  async start(document: Project, regionIds: readonly RegionId[]): Promise<void> {
    if (this.folder === null) return
    const options: ExportOptions = { ...this.options, regionIds: [...regionIds], folder: this.folder }
    const { jobId } = await this.#call('project:export', { projectId: document.id, document, options })
    this.#jobId = jobId
  }

  async cancel(): Promise<void> {
    if (this.#jobId !== null) await this.#jobs.cancel(this.#jobId)
  }

  /** Back to the sheet for another export. */
  reset(): void {
    this.#jobId = null
  }
}
