import type { DomainId } from '../../shared/base/id.ts'
import {
  domainSizes,
  MOST_DOMAINS,
  type AskedDomains,
  type DomainSize,
  type DomainTrainingAsked,
  type DomainTrainingEstimate,
} from '../../shared/contract/domains.ts'
import type { Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { ApplicationEvent, Call, FileReference } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import { DomainDraft } from './DomainDraft.svelte.ts'
import { audioFileKinds } from './file-kinds.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'
import { mergedPoints } from './merged-points.ts'

/** The encoder learns to leave out what plays by hearing several domains. */
const FEWEST_DOMAINS = 2
/** Part of the result: the same recordings and seed give the same domains. */
const TRAINING_SEED = 1

/** The page on which domains of music are trained: their recordings, the size, and the training as it runs. */
export class DomainTraining {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #library: Library
  /** Whose recordings, in words. */
  learnedFrom = $state('')
  licence = $state('')
  /** Whoever plays in the recordings agrees, or nobody has to be asked. */
  mayLearn = $state(false)
  size: DomainSize = $state('preview')
  /** The domain below whose encoder one more is learned; null where all begin anew. */
  #besideId: DomainId | null = $state(null)
  #drafts: readonly DomainDraft[] = $state.raw([new DomainDraft(1), new DomainDraft(2)])
  #shownId: DomainId | null = $state(null)
  /** What the shown training was asked for, as far as it is known. */
  #asked: AskedDomains | null = $state.raw(null)
  /** The person asked for an empty page beside a training that goes on. */
  #isBeginning = $state(false)
  #points: readonly TrainingPoint[] = $state.raw([])
  #estimates: Readonly<Partial<Record<DomainSize, DomainTrainingEstimate>>> = $state.raw({})

  constructor(call: Call, jobs: Jobs, library: Library) {
    this.#call = call
    this.#jobs = jobs
    this.#library = library
  }

  get drafts(): readonly DomainDraft[] {
    return this.#drafts
  }
  get points(): readonly TrainingPoint[] {
    return this.#points
  }
  get asked(): AskedDomains | null {
    return this.#asked
  }
  readonly beside = $derived.by(() => (this.#besideId === null ? null : (this.#library.domain(this.#besideId) ?? null)))
  /** Below a trained encoder there is one size: its own. */
  readonly sizes: readonly DomainSize[] = $derived(this.#besideId === null ? domainSizes : [domainSizes[0]])
  estimateOf(size: DomainSize): DomainTrainingEstimate | undefined {
    return this.#estimates[size]
  }

  readonly canAdd = $derived(this.#besideId === null && this.#drafts.length < MOST_DOMAINS)
  readonly canRemove = $derived(this.#drafts.length > FEWEST_DOMAINS)
  addDraft(): void {
    if (this.canAdd) this.#drafts = [...this.#drafts, new DomainDraft(this.#nextDraftId)]
  }
  removeDraft(draft: DomainDraft): void {
    if (this.canRemove) this.#drafts = this.#drafts.filter((other) => other !== draft)
  }
  get #nextDraftId(): number {
    return Math.max(...this.#drafts.map(({ id }) => id)) + 1
  }

  inspectionOf({ inspectId }: DomainDraft): Job | null {
    return this.#jobs.active.find((job) => job.kind === 'inspect' && job.id === inspectId) ?? null
  }
  readonly isListening = $derived.by(() => this.#drafts.some((draft) => this.inspectionOf(draft) !== null))

  /** Listens to recordings of a domain; those that are there already are compared with them. */
  async addRecordings(draft: DomainDraft, files: readonly FileReference[]): Promise<void> {
    if (files.length === 0) return
    const { dataset } = draft
    const besideClipIds = dataset.clips.filter((clip) => dataset.canUse(clip)).map(({ clipId }) => clipId)
    const { jobId } = await this.#call('singer:inspectClips', { files: [...files], besideClipIds })
    draft.inspectId = jobId
    const { outcome } = await this.#jobs.finish(jobId)
    if (outcome?.kind === 'inspect') dataset.take(outcome.clips)
  }
  /** All the audio files of a folder, which gives a domain without a name its own. */
  async addFolder(draft: DomainDraft, folder: string): Promise<void> {
    const extensions = audioFileKinds.flatMap((kind) => kind.extensions)
    const { path, entries } = await this.#call('folder:list', { path: folder, extensions })
    if (draft.name.trim() === '') draft.name = path.split(/[\\/]+/).at(-1) ?? ''
    await this.addRecordings(
      draft,
      entries.filter(({ isFolder }) => !isFolder).map((entry) => ({ kind: 'path', path: entry.path })),
    )
  }
  async cancelListening(draft: DomainDraft): Promise<void> {
    const job = this.inspectionOf(draft)
    if (job) await this.#jobs.cancel(job.id)
  }

  problemOfName(draft: DomainDraft): string | null {
    const wanted = draft.name.trim().toLocaleLowerCase()
    if (wanted === '') return null
    const isTwice = this.#drafts.some((other) => other !== draft && other.name.trim().toLocaleLowerCase() === wanted)
    if (isTwice) return say.state.nameTwice(draft.name.trim())
    const isTaken = this.#library.domains.some(({ name }) => name.toLocaleLowerCase() === wanted)
    return isTaken ? say.state.instrumentIsHere(draft.name.trim()) : null
  }
  readonly isDescribed = $derived(this.learnedFrom.trim() !== '' && this.licence.trim() !== '' && this.mayLearn)
  readonly isReady = $derived.by(() => this.#drafts.every((draft) => this.#missingOf(draft) === null))
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    for (const [index, draft] of this.#drafts.entries()) {
      const missing = this.#missingOf(draft)
      if (missing === null) continue
      return say.state.missingFor(draft.name.trim() || say.instruments.instrumentNumber(index + 1), missing)
    }
    if (this.learnedFrom.trim() === '') return say.instruments.needsWhose
    if (this.licence.trim() === '') return say.state.needsLicence
    return this.mayLearn ? null : say.instruments.needsAgreement
  })
  #missingOf(draft: DomainDraft): string | null {
    if (draft.name.trim() === '') return say.instruments.needsName
    const problem = this.problemOfName(draft)
    if (problem !== null) return problem
    if (this.inspectionOf(draft) !== null) return say.state.listeningToClips
    return draft.recordings.length === 0 ? say.instruments.needsRecording : null
  }

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  readonly job: Job | null = $derived.by(() => {
    if (this.#shownId !== null) return this.#jobs.ofDomain(this.#shownId) ?? null
    if (this.#isBeginning) return null
    return this.#jobs.active.find((job) => job.kind === 'train' && job.subject.kind === 'domain') ?? null
  })
  readonly domainId: DomainId | null = $derived(
    this.#shownId ?? (this.job?.subject.kind === 'domain' ? this.job.subject.domainIds[0] : null),
  )
  /** The newest first. */
  readonly checks = $derived(this.#points.filter((point) => point.losses !== undefined).toReversed())
  /** Where nothing was held out the last counts. */
  readonly bestStep = $derived.by(() => {
    const losses = this.checks.map((point) => point.heldOutLoss ?? 1 / point.step)
    return losses.length === 0 ? null : this.checks[losses.indexOf(Math.min(...losses))].step
  })

  /** All that is used, for whoever follows its changes. */
  readonly used = $derived.by(() => this.#drafts.map(({ recordings }) => recordings))
  /** Asks anew what each size would take; an answer about recordings that changed meanwhile is not shown. */
  async askEstimates(): Promise<void> {
    const { used, sizes } = this
    if (used.every((recordings) => recordings.length === 0)) return void (this.#estimates = {})
    const answers = await Promise.all(
      sizes.map(async (size) => [size, await this.#call('domain:estimateTraining', this.#wish(size))] as const),
    )
    if (used === this.used) this.#estimates = Object.fromEntries(answers)
  }

  async start(): Promise<void> {
    const asked = this.#wish(this.size)
    const { domainIds } = await this.#call('domain:train', asked)
    this.#points = []
    this.#isBeginning = false
    this.#asked = asked
    this.#shownId = domainIds[0]
  }

  /** What is to be learned; before everything is told, with what stands for it. */
  #wish(size: DomainSize): DomainTrainingAsked {
    const untold = '–'
    return {
      domains: this.#drafts
        .filter(({ recordings }) => recordings.length > 0)
        .map(({ id, name, recordings }) => ({ name: name.trim() || `${untold} ${id}`, recordings })),
      size,
      ...(this.#besideId === null ? {} : { besideId: this.#besideId }),
      licence: this.licence.trim() || untold,
      learnedFrom: this.learnedFrom.trim() || untold,
      seed: TRAINING_SEED,
    }
  }

  /** Shows a training with its curve so far. */
  async show(domainId: DomainId): Promise<void> {
    this.#isBeginning = false
    if (this.#shownId !== domainId) this.#asked = null
    this.#shownId = domainId
    this.#points = []
    const [curve, asked] = await Promise.all([
      this.#call('domain:trainingCurve', { domainId }),
      this.#call('domain:asked', { domainId }),
    ])
    if (this.#shownId !== domainId) return
    this.#points = mergedPoints(this.#points, curve)
    this.#asked = asked ?? this.#asked
  }

  /** An empty page for the next domains, or for one more below the encoder of this one. */
  startOver(besideId: DomainId | null = null): void {
    this.learnedFrom = ''
    this.licence = ''
    this.mayLearn = false
    this.size = domainSizes[0]
    this.#besideId = besideId
    this.#drafts = besideId === null ? [new DomainDraft(1), new DomainDraft(2)] : [new DomainDraft(1)]
    this.#isBeginning = true
    this.#shownId = null
    this.#asked = null
    this.#points = []
    this.#estimates = {}
  }

  receive(event: ApplicationEvent): void {
    if (event.kind !== 'domain-training-progressed') return
    const { subject } = this.job ?? {}
    if (subject?.kind === 'domain' && subject.domainIds[0] === event.domainId)
      this.#points = mergedPoints(this.#points, [event.point])
  }
}
