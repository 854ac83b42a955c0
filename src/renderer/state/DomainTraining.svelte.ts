import type { DomainId } from '../../shared/base/id.ts'
import {
  domainSizes,
  faultsOfVoicesAlone,
  MOST_DOMAINS,
  type AskedDomains,
  type DomainSize,
  type DomainTrainingAsked,
  type DomainTrainingEstimate,
} from '../../shared/contract/domains.ts'
import type { Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import { FollowedTraining } from './FollowedTraining.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'
import type { RecordingDraft } from './RecordingDraft.svelte.ts'
import { RecordingDrafts } from './RecordingDrafts.svelte.ts'

/** The encoder learns to leave out what plays by hearing several domains. */
const SEVERAL = { fewest: 2, most: MOST_DOMAINS }
/** Below a trained encoder. */
const ONE = { fewest: 1, most: 1 }
/** Part of the result: the same recordings and seed give the same domains. */
const TRAINING_SEED = 1

/** The page on which domains of music are trained: their recordings, the size, and the training as it runs. */
export class DomainTraining {
  readonly #call: Call
  readonly #library: Library
  /** Whose recordings, in words. */
  learnedFrom = $state('')
  licence = $state('')
  /** Whoever plays in the recordings agrees, or nobody has to be asked. */
  mayLearn = $state(false)
  size: DomainSize = $state('preview')
  /** The domain below whose encoder one more is learned; null where all begin anew. */
  #besideId: DomainId | null = $state(null)
  readonly drafts: RecordingDrafts
  readonly #followed: FollowedTraining<DomainId, AskedDomains>
  #estimates: Readonly<Partial<Record<DomainSize, DomainTrainingEstimate>>> = $state.raw({})

  constructor(call: Call, jobs: Jobs, library: Library) {
    this.#call = call
    this.#library = library
    this.#followed = new FollowedTraining(jobs, {
      jobOf: (id) => jobs.ofDomain(id),
      idOf: (subject) => (subject.kind === 'domain' ? subject.domainIds[0] : null),
      readCurve: (domainId) => call('domain:trainingCurve', { domainId }),
      readAsked: (domainId) => call('domain:asked', { domainId }),
    })
    this.drafts = new RecordingDrafts(call, jobs, faultsOfVoicesAlone, SEVERAL)
  }

  get points(): readonly TrainingPoint[] {
    return this.#followed.points
  }
  get asked(): AskedDomains | null {
    return this.#followed.asked
  }
  readonly beside = $derived.by(() => (this.#besideId === null ? null : (this.#library.domain(this.#besideId) ?? null)))
  /** Below a trained encoder there is one size: its own. */
  readonly sizes: readonly DomainSize[] = $derived(this.#besideId === null ? domainSizes : [domainSizes[0]])
  estimateOf(size: DomainSize): DomainTrainingEstimate | undefined {
    return this.#estimates[size]
  }

  problemOfName(draft: RecordingDraft): string | null {
    const name = draft.name.trim()
    if (name === '') return null
    if (this.drafts.isNamedTwice(draft)) return say.state.partNamedTwice(name)
    const isTaken = this.#library.domains.some((domain) => domain.name.toLocaleLowerCase() === name.toLocaleLowerCase())
    return isTaken ? say.state.instrumentIsHere(name) : null
  }
  readonly #missingOf = (draft: RecordingDraft): string | null =>
    this.drafts.missingOf(draft, this.problemOfName(draft))
  readonly isDescribed = $derived(this.learnedFrom.trim() !== '' && this.licence.trim() !== '' && this.mayLearn)
  readonly isReady = $derived.by(() => this.drafts.all.every((draft) => this.#missingOf(draft) === null))
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    for (const [index, draft] of this.drafts.all.entries()) {
      const missing = this.#missingOf(draft)
      if (missing === null) continue
      return say.state.missingFor(draft.name.trim() || say.instruments.instrumentNumber(index + 1), missing)
    }
    if (this.learnedFrom.trim() === '') return say.instruments.needsWhose
    if (this.licence.trim() === '') return say.state.needsLicence
    return this.mayLearn ? null : say.instruments.needsAgreement
  })

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  get job(): Job | null {
    return this.#followed.job
  }
  get domainId(): DomainId | null {
    return this.#followed.id
  }
  /** The newest first. */
  get checks(): readonly TrainingPoint[] {
    return this.#followed.checks
  }
  get bestStep(): number | null {
    return this.#followed.bestStep
  }

  /** Asks anew what each size would take; an answer about recordings that changed meanwhile is not shown. */
  async askEstimates(): Promise<void> {
    const { sizes } = this
    const { used } = this.drafts
    if (used.every((recordings) => recordings.length === 0)) return void (this.#estimates = {})
    const answers = await Promise.all(
      sizes.map(async (size) => [size, await this.#call('domain:estimateTraining', this.#wish(size))] as const),
    )
    if (used === this.drafts.used) this.#estimates = Object.fromEntries(answers)
  }

  async start(): Promise<void> {
    const asked = this.#wish(this.size)
    const { domainIds } = await this.#call('domain:train', asked)
    this.#followed.begin(domainIds[0], asked)
  }

  /** What is to be learned; before everything is told, with what stands for it. */
  #wish(size: DomainSize): DomainTrainingAsked {
    const untold = '–'
    return {
      domains: this.drafts.all
        .filter(({ recordings }) => recordings.length > 0)
        .map(({ id, name, recordings }) => ({ name: name.trim() || `${untold} ${id}`, recordings: [...recordings] })),
      size,
      ...(this.#besideId === null ? {} : { besideId: this.#besideId }),
      licence: this.licence.trim() || untold,
      learnedFrom: this.learnedFrom.trim() || untold,
      seed: TRAINING_SEED,
    }
  }

  /** Shows a training with its curve so far. */
  async show(domainId: DomainId): Promise<void> {
    await this.#followed.show(domainId)
  }

  /** An empty page for the next domains, or for one more below the encoder of this one. */
  startOver(besideId: DomainId | null = null): void {
    this.learnedFrom = ''
    this.licence = ''
    this.mayLearn = false
    this.size = domainSizes[0]
    this.#besideId = besideId
    this.drafts.startOver(besideId === null ? SEVERAL : ONE)
    this.#followed.startOver()
    this.#estimates = {}
  }

  receive(event: ApplicationEvent): void {
    if (event.kind !== 'domain-training-progressed') return
    const { subject } = this.job ?? {}
    if (subject?.kind === 'domain' && subject.domainIds[0] === event.domainId) this.#followed.take([event.point])
  }
}
