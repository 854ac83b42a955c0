import type { JobId, RegionId, TrackId } from '../../shared/base/id.ts'
import type { ImportedFile, Job } from '../../shared/contract/jobs.ts'
import type { Call, FileReference } from '../../shared/contract/verbs.ts'
import { addSource } from '../../shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../shared/project/edits/regions.ts'
import { addTrack, newSourceTrack } from '../../shared/project/edits/tracks.ts'
import type { Project, Source } from '../../shared/project/model.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { EditorHost } from './ports.ts'
import { messageOf, type Session } from './Session.svelte.ts'

/** Where imported files go: on a source track at a time, or each on a track of its own at the song's start. */
export interface ImportTarget {
  readonly trackId: TrackId | null
  readonly startSamples: Samples
}

export const ownTracks: ImportTarget = { trackId: null, startSamples: 0 }

export interface MintIds {
  regionId(): RegionId
  trackId(): TrackId
}

/** Brings files into the document: one import is one step, and what could not be read is said file by file. */
export class Imports {
  readonly #session: Session
  readonly #call: Call
  readonly #host: Pick<EditorHost, 'say'>
  readonly #mint: MintIds
  readonly #targets = new Map<JobId, ImportTarget>()
  readonly #early = new Map<JobId, Job>()
  /** Files of the last import that did not come in, until the person has seen them. */
  refused: readonly (ImportedFile & { readonly isImported: false })[] = $state.raw([])
  /** What the last import offers to take in as far as it is readable. */
  truncated: { readonly files: readonly FileReference[]; readonly target: ImportTarget } | null = $state.raw(null)
  readonly #files = new Map<JobId, readonly FileReference[]>()

  constructor(session: Session, call: Call, host: Pick<EditorHost, 'say'>, mint: MintIds) {
    this.#session = session
    this.#call = call
    this.#host = host
    this.#mint = mint
  }

  async import(files: readonly FileReference[], target: ImportTarget = ownTracks, acceptsTruncated = false) {
    if (files.length === 0) return
    const projectId = this.#session.project.id
    try {
      const { jobId } = await this.#call('project:import', { projectId, files: [...files], acceptsTruncated })
      this.#targets.set(jobId, target)
      this.#files.set(jobId, files)
      const early = this.#early.get(jobId)
      this.#early.delete(jobId)
      if (early) this.jobChanged(early)
    } catch (reason) {
      this.#host.say(messageOf(reason))
    }
  }

  /** To be told of every change of an import job. */
  jobChanged(job: Job): void {
    if (job.kind !== 'import' || (job.state !== 'done' && job.state !== 'failed' && job.state !== 'cancelled')) return
    const target = this.#targets.get(job.id)
    if (!target) {
      this.#early.set(job.id, job)
      return
    }
    this.#targets.delete(job.id)
    if (job.failure) this.#host.say(job.failure.message)
    if (job.outcome?.kind !== 'import') return
    const { files } = job.outcome
    this.#session.afterGesture(() => this.#place(files, target))
    this.#report(job.id, files, target)
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

  #place(files: readonly ImportedFile[], target: ImportTarget): void {
    const sources = files.flatMap((file) => (file.isImported ? [file.source] : []))
    if (sources.length === 0) return
    const label = sources.length === 1 ? `Import ${sources[0].name}` : `Import ${sources.length} files`
    this.#session.edit(label, (project) => placeSources(project, sources, target, this.#mint))
    this.#host.say(sources.length === 1 ? `Imported ${sources[0].name}.` : `Imported ${sources.length} files.`)
  }

  #report(jobId: JobId, files: readonly ImportedFile[], target: ImportTarget): void {
    const given = this.#files.get(jobId) ?? []
    this.#files.delete(jobId)
    this.refused = files.filter((file) => !file.isImported)
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
