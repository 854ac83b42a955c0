import type { Job } from '../../shared/contract/jobs.ts'
import type { Call, FileReference } from '../../shared/contract/verbs.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { say } from '../messages/say.svelte.ts'
import { audioFileKinds } from './file-kinds.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { RecordingDraft } from './RecordingDraft.svelte.ts'

/** How many there may be. */
interface Bounds {
  readonly fewest: number
  readonly most: number
}

/** What a training will learn from, in parts: the recordings of each domain, or of each person. */
export class RecordingDrafts {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #overlooked: ReadonlySet<ClipFault>
  #bounds: Bounds = $state.raw({ fewest: 1, most: 1 })
  #all: readonly RecordingDraft[] = $state.raw([])

  /** @param overlooked what is no fault of these recordings */
  constructor(call: Call, jobs: Jobs, overlooked: ReadonlySet<ClipFault>, bounds: Bounds) {
    this.#call = call
    this.#jobs = jobs
    this.#overlooked = overlooked
    this.startOver(bounds)
  }

  /** Nothing but the fewest that there may be, without recordings. */
  startOver(bounds: Bounds): void {
    this.#bounds = bounds
    this.#all = Array.from({ length: bounds.fewest }, (_, index) => new RecordingDraft(index + 1, this.#overlooked))
  }

  get all(): readonly RecordingDraft[] {
    return this.#all
  }
  readonly canAdd = $derived.by(() => this.#all.length < this.#bounds.most)
  readonly canRemove = $derived.by(() => this.#all.length > this.#bounds.fewest)
  /** All that is used, for whoever follows its changes. */
  readonly used = $derived.by(() => this.#all.map(({ recordings }) => recordings))

  add(): RecordingDraft | null {
    if (!this.canAdd) return null
    const draft = new RecordingDraft(Math.max(...this.#all.map(({ id }) => id)) + 1, this.#overlooked)
    this.#all = [...this.#all, draft]
    return draft
  }
  remove(draft: RecordingDraft): void {
    if (this.canRemove) this.#all = this.#all.filter((other) => other !== draft)
  }
  /** One without recordings, added where there is none. */
  empty(): RecordingDraft | null {
    return this.#all.find((draft) => draft.dataset.clips.length === 0 && draft.inspectId === null) ?? this.add()
  }

  inspectionOf({ inspectId }: RecordingDraft): Job | null {
    return this.#jobs.active.find((job) => job.kind === 'inspect' && job.id === inspectId) ?? null
  }

  /** Listens to recordings; those that are there already are compared with them. */
  async listenTo(draft: RecordingDraft, files: readonly FileReference[]): Promise<void> {
    if (files.length === 0) return
    const { dataset } = draft
    const besideClipIds = dataset.clips.filter((clip) => dataset.canUse(clip)).map(({ clipId }) => clipId)
    const { jobId } = await this.#call('singer:inspectClips', { files: [...files], besideClipIds })
    draft.inspectId = jobId
    const { outcome } = await this.#jobs.finish(jobId)
    if (outcome?.kind === 'inspect') dataset.take(outcome.clips)
  }
  /** All the audio files of a folder, which gives a draft without a name its own. */
  async listenToFolder(draft: RecordingDraft, folder: string): Promise<void> {
    const { path, files } = await this.#readFolder(folder)
    if (draft.name.trim() === '') draft.name = path.split(/[\\/]+/).at(-1) ?? ''
    await this.listenTo(draft, files)
  }
  /** A folder of folders: a draft for each, as long as there is room. */
  async listenToFolders(folder: string): Promise<void> {
    const { path, files, folders } = await this.#readFolder(folder)
    for (const each of files.length > 0 ? [path, ...folders] : folders) {
      const draft = this.empty()
      if (draft !== null) await this.listenToFolder(draft, each)
    }
  }
  async #readFolder(folder: string): Promise<{ path: string; files: FileReference[]; folders: string[] }> {
    const extensions = audioFileKinds.flatMap((kind) => kind.extensions)
    const { path, entries } = await this.#call('folder:list', { path: folder, extensions })
    return {
      path,
      files: entries.filter(({ isFolder }) => !isFolder).map((entry) => ({ kind: 'path', path: entry.path })),
      folders: entries.filter(({ isFolder }) => isFolder).map((entry) => entry.path),
    }
  }
  async cancelListening(draft: RecordingDraft): Promise<void> {
    const job = this.inspectionOf(draft)
    if (job) await this.#jobs.cancel(job.id)
  }

  isNamedTwice(draft: RecordingDraft): boolean {
    const wanted = draft.name.trim().toLocaleLowerCase()
    return this.#all.some((other) => other !== draft && other.name.trim().toLocaleLowerCase() === wanted)
  }
  /** What a draft lacks before it can be learned from; null when nothing. */
  missingOf(draft: RecordingDraft, problemOfName: string | null): string | null {
    if (draft.name.trim() === '') return say.state.partNeedsName
    if (problemOfName !== null) return problemOfName
    if (this.inspectionOf(draft) !== null) return say.state.listeningToClips
    return draft.recordings.length === 0 ? say.state.partNeedsRecording : null
  }
}
