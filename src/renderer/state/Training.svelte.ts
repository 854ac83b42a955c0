import type { SingerId, SourceId } from '../../shared/base/id.ts'
import type { ClipVerdict, Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { AskedMethod, TrainingPreset } from '../../shared/contract/library.ts'
import type { ApplicationEvent, Call, FileReference } from '../../shared/contract/verbs.ts'
import type { TrainingEstimate } from '../../shared/contract/estimates.ts'
import type { WaveformEstimate, WaveformSize } from '../../shared/contract/waveform.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { HUE_COUNT } from '../../shared/project/hues.ts'
import { say } from '../messages/say.svelte.ts'
import { Checkpoints } from './Checkpoints.svelte.ts'
import type { Dataset } from './Dataset.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'
import { mergedPoints } from './merged-points.ts'
import { SingerDraft } from './SingerDraft.svelte.ts'

/** A singer learns from about this much voice; less works, with more of the clips' own words in it. */
export const SUGGESTED_VOICE_SEC = 120
/** Recorded in the card and part of the result: the same clips and seed give the same singer. */
const TRAINING_SEED = 1

/** How a person has singers learned: a way of the usual converter, or a waveform model. */
export type LearningWay = AskedMethod | 'waveform'
/** Which of its sizes the lengths stand for. */
const waveformSizeOf: Readonly<Record<TrainingPreset, WaveformSize>> = {
  quick: 'preview',
  normal: 'compact',
  long: 'paper',
}

/** Findings that a clip has beside others alone. */
const comparing: ReadonlySet<ClipFault> = new Set(['same-audio', 'other-singer'])

/** The page on which a singer is trained: the voice, its clips, how long, and the training as it runs. */
export class Training {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #library: Library
  preset: TrainingPreset = $state('normal')
  #method: LearningWay = $state('automatic')
  /** Several are learned in one training. */
  #drafts: readonly SingerDraft[] = $state.raw([new SingerDraft(1)])
  #draftIndex = $state(0)
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

  /** Who is to be learned together, the one that the training is called after first. */
  get drafts(): readonly SingerDraft[] {
    return this.#drafts
  }
  /** The one whose voice and clips are shown. */
  readonly draft: SingerDraft = $derived(this.#drafts[this.#draftIndex])
  chooseDraft(draft: SingerDraft): void {
    this.#draftIndex = Math.max(0, this.#drafts.indexOf(draft))
  }
  addDraft(): void {
    const id = Math.max(...this.#drafts.map((draft) => draft.id)) + 1
    this.#drafts = [...this.#drafts, new SingerDraft(id)]
    this.#draftIndex = this.#drafts.length - 1
  }
  removeDraft(draft: SingerDraft): void {
    if (this.#drafts.length === 1) return
    this.#drafts = this.#drafts.filter((other) => other !== draft)
    this.#draftIndex = Math.min(this.#draftIndex, this.#drafts.length - 1)
  }

  get name(): string {
    return this.draft.name
  }
  set name(name: string) {
    this.draft.name = name
  }
  get consent(): string {
    return this.draft.consent
  }
  set consent(consent: string) {
    this.draft.consent = consent
  }
  get owner(): string {
    return this.draft.owner
  }
  set owner(owner: string) {
    this.draft.owner = owner
  }
  get ownerAgrees(): boolean {
    return this.draft.ownerAgrees
  }
  set ownerAgrees(agrees: boolean) {
    this.draft.ownerAgrees = agrees
  }
  get dataset(): Dataset {
    return this.draft.dataset
  }
  /** The ways that there are for one singer, or for several at once. */
  readonly methods: readonly LearningWay[] = $derived(
    this.#drafts.length === 1 ? ['automatic', 'enroll', 'scratch'] : ['automatic', 'joint', 'waveform'],
  )
  /** A way that is not there for so many is chosen for the person. */
  get method(): LearningWay {
    return this.methods.includes(this.#method) ? this.#method : 'automatic'
  }
  set method(method: LearningWay) {
    this.#method = method
  }

  get hueIndex(): number {
    return this.hueOf(this.draft)
  }
  set hueIndex(index: number) {
    this.draft.hueIndex = index
  }
  /** Those who learn together get hues in turn. */
  hueOf(draft: SingerDraft): number {
    return draft.hueIndex ?? (this.#library.freeHueIndex + this.#drafts.indexOf(draft)) % HUE_COUNT
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
    () => this.#jobs.active.find((job) => job.kind === 'inspect' && job.id === this.draft.inspectId) ?? null,
  )

  readonly usableSec = $derived.by(() => this.dataset.usableSec)
  readonly coverage = $derived.by(() => this.dataset.coverage)
  readonly rangeHz = $derived.by(() => this.dataset.rangeHz)

  readonly problemOfName = $derived.by(() => this.#problemOfName(this.draft))
  readonly isVoiceReady = $derived.by(() =>
    this.#drafts.every((draft) => draft.name.trim() !== '' && this.#problemOfName(draft) === null && draft.isAgreed),
  )
  readonly isClipsReady = $derived.by(() =>
    this.#drafts.every((draft) => draft.dataset.used.length > 0 && !this.#isInspecting(draft)),
  )
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    for (const [index, draft] of this.#drafts.entries()) {
      const missing = this.#missingOf(draft)
      if (missing === null) continue
      const name = draft.name.trim() || say.training.singerNumber(index + 1)
      return this.#drafts.length === 1 ? missing : say.state.missingFor(name, missing)
    }
    return null
  })
  #missingOf(draft: SingerDraft): string | null {
    if (draft.name.trim() === '') return say.state.needsName
    const problem = this.#problemOfName(draft)
    if (problem !== null) return problem
    if (!draft.isAgreed) return say.state.needsConsent
    if (this.#isInspecting(draft)) return say.state.listeningToClips
    return draft.dataset.used.length === 0 ? say.state.needsClip : null
  }
  #problemOfName(draft: SingerDraft): string | null {
    const wanted = draft.name.trim().toLocaleLowerCase()
    const isTwice = this.#drafts.some((other) => other !== draft && other.name.trim().toLocaleLowerCase() === wanted)
    return wanted !== '' && isTwice ? say.state.nameTwice(draft.name.trim()) : this.#library.problemOfName(draft.name)
  }
  #isInspecting({ inspectId }: SingerDraft): boolean {
    return this.#jobs.active.some((job) => job.kind === 'inspect' && job.id === inspectId)
  }

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
    // What is heard is of this singer, whoever is shown when it is over.
    const { draft } = this
    const { dataset } = draft
    const besideClipIds = dataset.clips.filter((clip) => dataset.canUse(clip)).map((clip) => clip.clipId)
    const { jobId } = await this.#call('singer:inspectClips', { files: [...files], besideClipIds })
    draft.inspectId = jobId
    const job = await this.#jobs.finish(jobId)
    if (job.outcome?.kind === 'inspect') dataset.take(job.outcome.clips)
    return job
  }
  async cancelInspection(): Promise<void> {
    if (this.inspecting) await this.#jobs.cancel(this.inspecting.id)
  }
  async start(): Promise<void> {
    // The colors that are free now belong to these singers from here on.
    for (const draft of this.#drafts) draft.hueIndex = this.hueOf(draft)
    const [own, ...beside] = this.#drafts.map((draft) => draft.asked(this.hueOf(draft)))
    const { singerId } = await this.#call('singer:train', {
      ...own,
      ...(beside.length === 0 ? {} : { beside }),
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

  readonly usedClipIds = $derived.by(() => this.draft.usedClipIds)
  /** Of each of the singers. */
  readonly everyClipIds = $derived.by(() => this.#drafts.map((draft) => draft.usedClipIds))
  /** Asks anew what a training would take; an answer about clips that changed meanwhile is not shown. */
  async askEstimate(): Promise<void> {
    const { everyClipIds, method } = this
    const [clipIds, ...besideClipIds] = everyClipIds
    const beside = besideClipIds.length === 0 ? {} : { besideClipIds }
    const estimate =
      method === 'waveform'
        ? byLength(await this.#call('singer:estimateWaveform', { clipIds: [...everyClipIds] }))
        : await this.#call('singer:estimateTraining', { clipIds, ...beside, ...(method !== 'automatic' && { method }) })
    if (everyClipIds === this.everyClipIds && method === this.method) this.#estimate = estimate
  }

  get #askedMethod(): { method?: AskedMethod; waveform?: { size: WaveformSize } } {
    if (this.method === 'waveform') return { method: 'joint', waveform: { size: waveformSizeOf[this.preset] } }
    return this.method === 'automatic' ? {} : { method: this.method }
  }

  /** An empty page for the next singer. */
  startOver(): void {
    this.method = 'automatic'
    this.#drafts = [new SingerDraft(1)]
    this.#draftIndex = 0
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

/** The sizes of a waveform model under the lengths that stand for them. */
const byLength = ({ sizes, ...told }: WaveformEstimate): TrainingEstimate => ({
  ...told,
  device: null,
  presets: {
    quick: sizes[waveformSizeOf.quick],
    normal: sizes[waveformSizeOf.normal],
    long: sizes[waveformSizeOf.long],
  },
})
