import type { JobId, RegionId, TrackId } from '../../shared/base/id.ts'
import type { ImportedFile, Job } from '../../shared/contract/jobs.ts'
import type { Call, FileReference } from '../../shared/contract/verbs.ts'
import { addSource } from '../../shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../shared/project/edits/regions.ts'
import { replaceSource } from '../../shared/project/edits/sources.ts'
import { addTrack, newSourceTrack } from '../../shared/project/edits/tracks.ts'
import type { Project, Source } from '../../shared/project/model.ts'
import type { Samples } from '../../shared/units/time.ts'
import { say } from '../messages/say.svelte.ts'
import { toldFailure } from '../messages/told.ts'
import type { EditorHost } from './ports.ts'
import type { Session } from './Session.svelte.ts'

/** Where imported files go: on a source track at a time, or each on a track of its own at the song's start. */
export interface ImportTarget {
  readonly trackId: TrackId | null
  readonly startSamples: Samples
}

/** What becomes of files that came in. */
type Purpose =
  | { readonly kind: 'place'; readonly target: ImportTarget }
  | { readonly kind: 'replace'; readonly source: Source }
  | { readonly kind: 'bring-back' }

export const ownTracks: ImportTarget = { trackId: null, startSamples: 0 }

export interface MintIds {
  regionId(): RegionId
  trackId(): TrackId
}

/** Brings files into the document: one import is one step, and what could not be read is said file by file. */
export class Imports {
  readonly #session: Session
  readonly #call: Call
  readonly #host: Pick<EditorHost, 'fail' | 'say'>
  readonly #mint: MintIds
  readonly #purposes = new Map<JobId, Purpose>()
  readonly #early = new Map<JobId, Job>()
  /** Files of the last import that did not come in, until the person has seen them. */
  refused: readonly (ImportedFile & { readonly isImported: false })[] = $state.raw([])
  /** How many files of the last import came in beside the refused ones. */
  arrivedCount: number = $state(0)
  /** What the last import offers to take in as far as it is readable. */
  truncated: { readonly files: readonly FileReference[]; readonly target: ImportTarget } | null = $state.raw(null)
  readonly #files = new Map<JobId, readonly FileReference[]>()

  constructor(session: Session, call: Call, host: Pick<EditorHost, 'fail' | 'say'>, mint: MintIds) {
    this.#session = session
    this.#call = call
    this.#host = host
    this.#mint = mint
  }

  import(files: readonly FileReference[], target: ImportTarget = ownTracks, acceptsTruncated = false): Promise<void> {
    return this.#ask(files, { kind: 'place', target }, acceptsTruncated)
  }

  /** Takes another version of a recording: its regions play the new one from then on. */
  replace(source: Source, file: FileReference): Promise<void> {
    return this.#ask([file], { kind: 'replace', source }, false)
  }

  /** Looks for lost recordings in a folder. */
  async locate(sources: readonly Source[], folder: string): Promise<void> {
    if (sources.length === 0) return
    const request = { projectId: this.#session.project.id, folder, sources: [...sources] }
    await this.#start({ kind: 'bring-back' }, [], () => this.#call('project:locate', request))
  }

  async #ask(files: readonly FileReference[], purpose: Purpose, acceptsTruncated: boolean): Promise<void> {
    if (files.length === 0) return
    const request = { projectId: this.#session.project.id, files: [...files], acceptsTruncated }
    await this.#start(purpose, files, () => this.#call('project:import', request))
  }

  async #start(purpose: Purpose, files: readonly FileReference[], ask: () => Promise<{ jobId: JobId }>): Promise<void> {
    try {
      const { jobId } = await ask()
      this.#purposes.set(jobId, purpose)
      this.#files.set(jobId, files)
      const early = this.#early.get(jobId)
      this.#early.delete(jobId)
      if (early) this.jobChanged(early)
    } catch (reason) {
      this.#host.fail(say.window.filesNotImported, reason)
    }
  }

  /** To be told of every change of an import job. */
  jobChanged(job: Job): void {
    if (job.kind !== 'import' || (job.state !== 'done' && job.state !== 'failed' && job.state !== 'cancelled')) return
    const purpose = this.#purposes.get(job.id)
    if (!purpose) {
      this.#early.set(job.id, job)
      return
    }
    this.#purposes.delete(job.id)
    if (job.failure) this.#host.say(toldFailure(job.failure).message)
    if (job.outcome?.kind !== 'import') return
    const { files } = job.outcome
    this.#session.afterGesture(() => this.#use(files, purpose))
    this.#report(job.id, files, purpose.kind === 'place' ? purpose.target : ownTracks)
  }

  dismiss(): void {
    this.refused = []
    this.truncated = null
  }

  /** Takes in the readable part of the files that were refused as truncated. */
  async acceptTruncated(): Promise<void> {
    const offer = this.truncated
    this.dismiss()
    if (offer) await this.import(offer.files, offer.target, true)
  }

  #use(files: readonly ImportedFile[], purpose: Purpose): void {
    const sources = files.flatMap((file) => (file.isImported ? [file.source] : []))
    if (sources.length === 0) return
    this.#session.mediaCame(sources.map((source) => source.id))
    if (purpose.kind === 'place') this.#place(sources, purpose.target)
    else if (purpose.kind === 'replace') this.#replace(purpose.source, sources[0])
    else
      this.#host.say(sources.length === 1 ? say.state.isBack(sources[0].name) : say.state.filesAreBack(sources.length))
  }

  #replace(old: Source, source: Source): void {
    if (old.id === source.id) return this.#host.say(say.state.hasNotChanged(old.name))
    this.#session.edit(say.edits.reload(old.name), (project) => replaceSource(project, old.id, source))
    this.#host.say(say.state.isReloaded(old.name))
  }

  #place(sources: readonly Source[], target: ImportTarget): void {
    const label =
      sources.length === 1 ? say.edits.import(sources[0].name) : say.edits.import(say.edits.files(sources.length))
    this.#session.edit(label, (project) => placeSources(project, sources, target, this.#mint))
    this.#host.say(sources.length === 1 ? say.state.imported(sources[0].name) : say.state.importedFiles(sources.length))
  }

  #report(jobId: JobId, files: readonly ImportedFile[], target: ImportTarget): void {
    const given = this.#files.get(jobId) ?? []
    this.#files.delete(jobId)
    this.refused = files.filter((file) => !file.isImported)
    this.arrivedCount = files.length - this.refused.length
    const readable = files.flatMap((file, index) =>
      !file.isImported && file.readableSec !== null && given[index] ? [given[index]] : [],
    )
    this.truncated = readable.length > 0 ? { files: readable, target } : null
  }
}

/** Sources on a given track follow each other; without a track each gets its own, and all start together. */
export function placeSources(
  project: Project,
  sources: readonly Source[],
  target: ImportTarget,
  mint: MintIds,
): Project {
  const lane = project.tracks.find((track) => track.id === target.trackId && track.kind === 'source')
  let at = target.startSamples
  return sources.reduce((document, source) => {
    const trackId = lane?.id ?? mint.trackId()
    const name = nameOf(source)
    const region = newRegion({
      id: mint.regionId(),
      trackId,
      name,
      sourceId: source.id,
      startSamples: at,
      durationSamples: source.durationSamples,
    })
    if (lane) at += source.durationSamples
    const withTrack = lane ? document : addTrack(document, newSourceTrack(trackId, name))
    return addRegion(addSource(withTrack, source), region)
  }, project)
}

/** A file's name without its ending: how regions and tracks begin. */
const nameOf = (source: Source): string => source.name.replace(/\.[a-z0-9]{1,5}$/i, '') || source.name
