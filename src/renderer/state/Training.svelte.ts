import type { SingerId, SourceId } from '../../shared/base/id.ts'
import type { ClipVerdict, Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { AskedMethod, TrainingPreset } from '../../shared/contract/library.ts'
import type { ApplicationEvent, Call, FileReference } from '../../shared/contract/verbs.ts'
import type { TrainingEstimate } from '../../shared/contract/estimates.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { say } from '../messages/say.svelte.ts'
import { Checkpoints } from './Checkpoints.svelte.ts'
import { Dataset } from './Dataset.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'
import { mergedPoints } from './merged-points.ts'

/** A singer learns from about this much voice; less works, with more of the clips' own words in it. */
export const SUGGESTED_VOICE_SEC = 120
/** Recorded in the card and part of the result: the same clips and seed give the same singer. */
const TRAINING_SEED = 1

/** Findings that a clip has beside others alone. */
const comparing: ReadonlySet<ClipFault> = new Set(['same-audio', 'other-singer'])

/** The page on which a singer is trained: the voice, its clips, how long, and the training as it runs. */
export class Training {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #library: Library
  name = $state('')
  consent = $state('')
  /** Whose voice it is, by name. */
  owner = $state('')
  ownerAgrees = $state(false)
  preset: TrainingPreset = $state('normal')
  /** Several singers at once are for the command line. */
  method: Exclude<AskedMethod, 'joint'> = $state('automatic')
  #hueIndex: number | null = $state(null)
  readonly dataset = new Dataset()
  #inspectId: Job['id'] | null = $state(null)
  #shownId: SingerId | null = $state(null)
  /** The person asked for an empty page beside a training that goes on. */
  #isBeginning = $state(false)
  #points: readonly TrainingPoint[] = $state.raw([])
  #estimate: TrainingEstimate | null = $state.raw(null)
  /** How the training that is shown sounds. */
  readonly listening: Checkpoints

  constructor(call: Call, jobs: Jobs, library: Library) {
    this.#call = call
    this.#jobs = jobs
    this.#library = library
    this.listening = new Checkpoints(call, jobs)
  }

  get hueIndex(): number {
    return this.#hueIndex ?? this.#library.freeHueIndex
  }
  set hueIndex(index: number) {
    this.#hueIndex = index
  }
  get clips(): readonly ClipVerdict[] {
    return this.dataset.clips
  }
  /** The curve of the training that is shown, in steps' order. */
  get points(): readonly TrainingPoint[] {
    return this.#points
  }
  /** What each length takes with the clips that are used; null until it was asked for. */
  get estimate(): TrainingEstimate | null {
    return this.#estimate
  }
  /** The inspection that runs now. */
  readonly inspecting = $derived.by(
    () => this.#jobs.active.find((job) => job.kind === 'inspect' && job.id === this.#inspectId) ?? null,
  )

  readonly usableSec = $derived.by(() => this.dataset.usableSec)
  readonly coverage = $derived.by(() => this.dataset.coverage)
  readonly rangeHz = $derived.by(() => this.dataset.rangeHz)

  readonly problemOfName = $derived.by(() => this.#library.problemOfName(this.name))
  readonly isVoiceReady = $derived(
    this.name.trim() !== '' && this.problemOfName === null && this.ownerAgrees && this.consent.trim() !== '',
  )
  readonly isClipsReady = $derived.by(() => this.dataset.used.length > 0 && this.inspecting === null)
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    if (this.name.trim() === '') return say.state.needsName
    if (this.problemOfName !== null) return this.problemOfName
    if (!this.ownerAgrees || this.consent.trim() === '') return say.state.needsConsent
    if (this.inspecting !== null) return say.state.listeningToClips
    if (this.dataset.used.length === 0) return say.state.needsClip
    return null
  })

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  readonly job: Job | null = $derived.by(() => {
    if (this.#shownId !== null) return this.#jobs.ofSinger(this.#shownId) ?? null
    if (this.#isBeginning) return null
    return this.#jobs.active.find((job) => job.kind === 'train' && job.subject.kind === 'singer') ?? null
  })
  readonly singerId: SingerId | null = $derived(
    this.#shownId ?? (this.job?.subject.kind === 'singer' ? this.job.subject.singerId : null),
  )
  readonly checkpoints = $derived(this.#points.filter((point) => point.heldOutLoss !== null).toReversed())
  readonly bestStep = $derived.by(() => {
    const kept = this.singerId === null ? undefined : this.#library.singer(this.singerId)?.provenance
    // Of several ways that were tried the curve alone does not tell which was kept.
    if (kept?.compared !== undefined) return kept.steps
    const losses = this.checkpoints.map((point) => point.heldOutLoss ?? Infinity)
    return losses.length === 0 ? null : this.checkpoints[losses.indexOf(Math.min(...losses))].step
  })

  /** Takes a clip out; what was said of others beside it is judged anew. */
  async removeClip(clipId: SourceId): Promise<void> {
    this.dataset.remove(clipId)
    if (this.clips.some(({ findings }) => findings.some(({ fault }) => comparing.has(fault)))) await this.addClips([])
  }
  /** Listens to files, and compares them with the clips that are there: every clip may get another verdict. */
  async addClips(files: readonly FileReference[]): Promise<Job> {
    const besideClipIds = this.clips.filter((clip) => this.dataset.canUse(clip)).map((clip) => clip.clipId)
    const { jobId } = await this.#call('singer:inspectClips', { files: [...files], besideClipIds })
    this.#inspectId = jobId
    const job = await this.#jobs.finish(jobId)
    if (job.outcome?.kind === 'inspect') this.dataset.take(job.outcome.clips)
    return job
  }
  async cancelInspection(): Promise<void> {
    if (this.inspecting) await this.#jobs.cancel(this.inspecting.id)
  }
  async start(): Promise<void> {
    // The color that is free now belongs to this singer from here on.
    const { hueIndex } = this
    this.#hueIndex = hueIndex
    const { singerId } = await this.#call('singer:train', {
      name: this.name.trim(),
      hueIndex,
      consent: this.consent.trim(),
      ...(this.owner.trim() === '' ? {} : { owner: this.owner.trim() }),
      clipIds: this.usedClipIds,
      ...(Object.keys(this.dataset.slices).length === 0 ? {} : { slices: this.dataset.slices }),
      preset: this.preset,
      ...this.#askedMethod,
      seed: TRAINING_SEED,
    })
    this.#points = []
    this.#isBeginning = false
    this.#shownId = singerId
  }

  /** Shows a training with its curve so far. */
  async show(singerId: SingerId): Promise<void> {
    this.#isBeginning = false
    this.#shownId = singerId
    this.#points = []
    this.#points = mergedPoints(this.#points, await this.#call('singer:trainingCurve', { singerId }))
    await this.listening.show(singerId)
  }

  readonly usedClipIds = $derived.by(() => this.dataset.used.map((clip) => clip.clipId))
  /** Asks anew what a training would take; an answer about clips that changed meanwhile is not shown. */
  async askEstimate(): Promise<void> {
    const { usedClipIds: clipIds, method } = this
    const estimate = await this.#call('singer:estimateTraining', { clipIds, ...this.#askedMethod })
    if (clipIds === this.usedClipIds && method === this.method) this.#estimate = estimate
  }

  get #askedMethod(): { method?: AskedMethod } {
    return this.method === 'automatic' ? {} : { method: this.method }
  }

  /** An empty page for the next singer. */
  startOver(): void {
    this.name = ''
    this.consent = ''
    this.owner = ''
    this.ownerAgrees = false
    this.method = 'automatic'
    this.#hueIndex = null
    this.dataset.clear()
    this.#isBeginning = true
    this.#shownId = null
    this.#points = []
  }

  receive(event: ApplicationEvent): void {
    this.listening.receive(event)
    if (event.kind === 'training-progressed' && event.singerId === this.singerId) {
      this.#points = mergedPoints(this.#points, [event.point])
    }
  }
}
