import { SvelteMap } from 'svelte/reactivity'
import type { JobId, RegionId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import { setRender } from '../../shared/project/edits/performance.ts'
import type { Step } from '../../shared/project/history.ts'
import type { Region, Render } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { say } from '../messages/say.svelte.ts'
import { toldFailure } from '../messages/told.ts'
import { askedRender } from './asked-render.ts'
import type { EditorHost } from './ports.ts'
import type { Session } from './Session.svelte.ts'
import { regionsNamed } from './labels.ts'

/** One command to convert; its results make one step of the history. */
interface Batch {
  readonly label: string
  step: Step | null
}

interface Request {
  readonly regionId: RegionId
  readonly regionName: string
  readonly performance: Performance
  readonly batch: Batch
}

/** Asks for conversions and puts their results into the document. */
export class Conversions {
  readonly #session: Session
  readonly #call: Call
  readonly #host: Pick<EditorHost, 'fail' | 'say'>
  /** By job, until its result is in the document. */
  readonly #requests = new Map<JobId, Request>()
  /** What was last asked for a region, so that a fault disappears once the region asks for something else. */
  readonly #asked = new SvelteMap<RegionId, Performance>()
  readonly #settled = new Set<JobId>()
  /** Results that came before the answer that names their job. */
  readonly #early = new Map<JobId, Job>()
  readonly #active = new Map<RegionId, JobId>()

  constructor(session: Session, call: Call, host: Pick<EditorHost, 'fail' | 'say'>) {
    this.#session = session
    this.#call = call
    this.#host = host
  }

  requestedFor(regionId: RegionId): Performance | null {
    return this.#asked.get(regionId) ?? null
  }

  /** Converts regions that have a singer, in the order given; a newer request replaces a running one. */
  async convert(regions: readonly Region[]): Promise<void> {
    const asking = regions.filter((region) => region.performance !== null)
    const label = say.edits.convert(regionsNamed(asking))
    const batch: Batch = { label, step: null }
    for (const region of asking) await this.#ask(region, batch)
  }

  async cancel(regionIds: readonly RegionId[]): Promise<void> {
    const jobIds = regionIds.map((id) => this.#active.get(id)).filter((id) => id !== undefined)
    await Promise.all(jobIds.map((jobId) => this.#cancelJob(jobId)))
  }

  /** To be told of every change of a conversion job. */
  jobChanged(job: Job): void {
    if (job.kind !== 'convert' || this.#settled.has(job.id)) return
    const request = this.#requests.get(job.id)
    if (!request) {
      if (isOver(job)) this.#early.set(job.id, job)
      return
    }
    if (!isOver(job)) return
    this.#settled.add(job.id)
    this.#requests.delete(job.id)
    if (this.#active.get(request.regionId) === job.id) this.#active.delete(request.regionId)
    if (job.state === 'done' && job.outcome?.kind === 'convert') {
      const { render } = job.outcome
      this.#session.afterGesture(() => this.#place(request, render))
      const isComped = (this.#session.project.regions[request.regionId]?.comp.length ?? 0) > 0
      this.#host.say(say.state[isComped ? 'hasNewTake' : 'isConverted'](request.regionName))
    }
    if (job.state === 'failed' && job.failure) this.#host.say(toldFailure(job.failure).message)
  }

  async #ask(region: Region, batch: Batch): Promise<void> {
    const { performance } = region
    if (!performance) return
    const running = this.#active.get(region.id)
    if (running) await this.#cancelJob(running)
    this.#asked.set(region.id, performance)
    try {
      const { jobId } = await this.#call('project:convert', askedRender(this.#session.project, region, performance))
      this.#requests.set(jobId, { regionId: region.id, regionName: region.name, performance, batch })
      this.#active.set(region.id, jobId)
      const early = this.#early.get(jobId)
      this.#early.delete(jobId)
      if (early) this.jobChanged(early)
    } catch (reason) {
      this.#host.fail(say.inspector.notConvertedTitle(region.name), reason)
    }
  }

  async #cancelJob(jobId: JobId): Promise<void> {
    try {
      await this.#call('jobs:cancel', { jobId })
    } catch {
      // The job ended in the meantime: its last message says how.
    }
  }

  /** The first result of a command is a step; the others join it as long as nothing came on top. */
  #place({ regionId, batch }: Request, render: Render): void {
    const joins = batch.step !== null && batch.step === this.#session.lastStep()
    if (joins) this.#session.amend((project) => setRender(project, regionId, render))
    else {
      this.#session.edit(batch.label, (project) => setRender(project, regionId, render))
      batch.step = this.#session.lastStep()
    }
  }
}

const isOver = (job: Job): boolean => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
