import type { DomainId, EmotionModelId, JobId, RegionId, SingerId, VocoderId } from '../../shared/base/id.ts'
import type { Job, JobState } from '../../shared/contract/jobs.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import { toldFailure } from '../messages/told.ts'

const inWindowLanguage = (job: Job): Job => {
  const title = say.told.title(job.title)
  const failure = job.failure && toldFailure(job.failure)
  return title === job.title && failure === job.failure ? job : { ...job, title, failure }
}

const activeStates: readonly JobState[] = ['running', 'queued', 'paused']

/** All work of the application, as far as this window has heard of it. */
export class Jobs {
  readonly #call: Call
  readonly #listeners = new Set<(job: Job) => void>()
  /** As they were told. */
  #told: readonly Job[] = $state.raw([])
  readonly #jobs: readonly Job[] = $derived(this.#told.map(inWindowLanguage))
  #leftPausedIds: ReadonlySet<JobId> | null = $state.raw(null)

  constructor(call: Call) {
    this.#call = call
  }

  /** Newest first. */
  get jobs(): readonly Job[] {
    return this.#jobs
  }
  readonly running = $derived(this.#jobs.filter((job) => job.state === 'running'))
  /** In the order in which they will start. */
  readonly waiting = $derived(
    this.#jobs
      .filter((job) => job.state === 'queued')
      .toSorted((a, b) => (a.queuePosition ?? Infinity) - (b.queuePosition ?? Infinity)),
  )
  readonly paused = $derived(this.#jobs.filter((job) => job.state === 'paused'))
  readonly finished = $derived(this.#jobs.filter((job) => job.state === 'done' || job.state === 'cancelled'))
  readonly failed = $derived(this.#jobs.filter((job) => job.state === 'failed'))
  readonly active = $derived(this.#jobs.filter((job) => activeStates.includes(job.state)))
  /** Mean fraction of what runs or waits, 0…1. */
  readonly fraction = $derived(
    this.active.length === 0 ? 1 : this.active.reduce((sum, job) => sum + job.fraction, 0) / this.active.length,
  )

  async load(): Promise<void> {
    this.#told = newestFirst(await this.#call('jobs:list', {}))
    // The first list tells how the program was left; later ones come after a connection was lost.
    this.#leftPausedIds ??= new Set(this.paused.map((job) => job.id))
  }

  receive(event: ApplicationEvent): void {
    if (event.kind !== 'job-changed') return
    const { job } = event
    this.#told = newestFirst([job, ...this.#told.filter((other) => other.id !== job.id)])
    for (const listener of this.#listeners) listener(inWindowLanguage(job))
  }

  /** Every change of a job as it comes. */
  onChange(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get(jobId: JobId): Job | undefined {
    return this.#jobs.find((job) => job.id === jobId)
  }

  /** What the program was left with, and nobody has decided about yet. */
  get leftPaused(): readonly Job[] {
    return this.paused.filter((job) => this.#leftPausedIds?.has(job.id))
  }
  settleLeft(jobId: JobId): void {
    this.#leftPausedIds = new Set([...(this.#leftPausedIds ?? [])].filter((id) => id !== jobId))
  }

  /** The newest job about a region. */
  ofRegion(regionId: RegionId): Job | undefined {
    return this.#jobs.find((job) => job.subject.kind === 'region' && job.subject.regionId === regionId)
  }

  /** The newest training of a singer. */
  ofSinger(singerId: SingerId): Job | undefined {
    return this.#jobs.find(
      ({ kind, subject }) =>
        kind === 'train' &&
        subject.kind === 'singer' &&
        (subject.singerId === singerId || subject.besideIds?.includes(singerId) === true),
    )
  }

  /** The newest training of an emotion model. */
  ofEmotions(modelId: EmotionModelId): Job | undefined {
    return this.#jobs.find(
      ({ kind, subject }) => kind === 'train' && subject.kind === 'emotion' && subject.modelId === modelId,
    )
  }

  /** The newest training of a domain. */
  ofDomain(domainId: DomainId): Job | undefined {
    return this.#jobs.find(
      ({ kind, subject }) => kind === 'train' && subject.kind === 'domain' && subject.domainIds.includes(domainId),
    )
  }

  /** The newest training of a vocoder. */
  ofVocoder(vocoderId: VocoderId): Job | undefined {
    return this.#jobs.find(
      ({ kind, subject }) => kind === 'train' && subject.kind === 'vocoder' && subject.vocoderId === vocoderId,
    )
  }

  /** Settles when the job is done, cancelled or failed; the job as it then is. */
  finish(jobId: JobId): Promise<Job> {
    return new Promise((resolve) => {
      const known = this.get(jobId)
      if (known && isOver(known)) return resolve(known)
      const stop = this.onChange((job) => {
        if (job.id !== jobId || !isOver(job)) return
        stop()
        resolve(job)
      })
    })
  }

  cancel = (jobId: JobId): Promise<unknown> => this.#call('jobs:cancel', { jobId })
  pause = (jobId: JobId): Promise<unknown> => this.#call('jobs:pause', { jobId })
  /** Goes on with a paused job, and tries a failed one again. */
  resume = (jobId: JobId): Promise<unknown> => this.#call('jobs:resume', { jobId })
  /** Gives waiting work another place in its line: 1 is next. */
  move = (jobId: JobId, place: number): Promise<unknown> => this.#call('jobs:move', { jobId, place })
  /** Ends a training now and keeps its best checkpoint. */
  stopAndKeep = (jobId: JobId): Promise<unknown> => this.#call('jobs:finish', { jobId })
}

export const isOver = (job: Job): boolean => !activeStates.includes(job.state)

const newestFirst = (jobs: readonly Job[]): readonly Job[] =>
  jobs.toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
