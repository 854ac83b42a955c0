import type { VocoderId } from '../../shared/base/id.ts'
import type { Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import {
  vocoderNetworks,
  vocoderNetworkSizes,
  type VocoderNetwork,
  type VocoderSize,
  type VocoderTrainingAsked,
  type VocoderTrainingEstimate,
} from '../../shared/contract/vocoders.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { say } from '../messages/say.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'
import { mergedPoints } from './merged-points.ts'
import type { RecordingDraft } from './RecordingDraft.svelte.ts'
import { RecordingDrafts } from './RecordingDrafts.svelte.ts'

/** More would not be read on a page; the command line takes any. */
const PEOPLE = { fewest: 1, most: 60 }
/** Whoever is heard beside a person is another person here, and as welcome. */
const overlooked: ReadonlySet<ClipFault> = new Set<ClipFault>(['other-singer'])
/** Part of the result: the same recordings and seed give the same vocoder. */
const TRAINING_SEED = 1

/** A network of a size. */
export interface VocoderChoice {
  readonly network: VocoderNetwork
  readonly size: VocoderSize
}
export const vocoderChoices: readonly VocoderChoice[] = vocoderNetworks.flatMap((network) =>
  vocoderNetworkSizes.map((size) => ({ network, size })),
)
const keyOf = ({ network, size }: VocoderChoice): string => `${network}/${size}`

/** The page on which a vocoder is trained: people's recordings, the network, and the training as it runs. */
export class VocoderTraining {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #library: Library
  name = $state('')
  /** Whose recordings, in words. */
  trainedOn = $state('')
  licence = $state('')
  choice: VocoderChoice = $state.raw(vocoderChoices[0])
  readonly people: RecordingDrafts
  #shownId: VocoderId | null = $state(null)
  /** What the shown training was asked for, as far as it is known. */
  #asked: VocoderTrainingAsked | null = $state.raw(null)
  /** The person asked for an empty page beside a training that goes on. */
  #isBeginning = $state(false)
  #points: readonly TrainingPoint[] = $state.raw([])
  #estimates: ReadonlyMap<string, VocoderTrainingEstimate> = $state.raw(new Map())

  constructor(call: Call, jobs: Jobs, library: Library) {
    this.#call = call
    this.#jobs = jobs
    this.#library = library
    this.people = new RecordingDrafts(call, jobs, overlooked, PEOPLE)
  }

  get points(): readonly TrainingPoint[] {
    return this.#points
  }
  get asked(): VocoderTrainingAsked | null {
    return this.#asked
  }
  estimateOf(choice: VocoderChoice): VocoderTrainingEstimate | undefined {
    return this.#estimates.get(keyOf(choice))
  }

  readonly problemOfName = $derived.by(() => {
    const wanted = this.name.trim().toLocaleLowerCase()
    const isTaken = this.#library.vocoders.some(({ name }) => name.toLocaleLowerCase() === wanted)
    return wanted !== '' && isTaken ? say.state.vocoderIsHere(this.name.trim()) : null
  })
  problemOfPerson(draft: RecordingDraft): string | null {
    return draft.name.trim() !== '' && this.people.isNamedTwice(draft)
      ? say.state.partNamedTwice(draft.name.trim())
      : null
  }
  readonly isDescribed = $derived(
    this.name.trim() !== '' &&
      this.problemOfName === null &&
      this.trainedOn.trim() !== '' &&
      this.licence.trim() !== '',
  )
  readonly isReady = $derived.by(() => this.people.all.every((draft) => this.#missingOf(draft) === null))
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    if (this.name.trim() === '') return say.vocoders.needsName
    if (this.problemOfName !== null) return this.problemOfName
    for (const [index, draft] of this.people.all.entries()) {
      const missing = this.#missingOf(draft)
      if (missing !== null)
        return say.state.missingFor(draft.name.trim() || say.vocoders.personNumber(index + 1), missing)
    }
    if (this.trainedOn.trim() === '') return say.instruments.needsWhose
    return this.licence.trim() === '' ? say.state.needsLicence : null
  })
  readonly #missingOf = (draft: RecordingDraft): string | null =>
    this.people.missingOf(draft, this.problemOfPerson(draft))

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  readonly job: Job | null = $derived.by(() => {
    if (this.#shownId !== null) return this.#jobs.ofVocoder(this.#shownId) ?? null
    if (this.#isBeginning) return null
    return this.#jobs.active.find((job) => job.kind === 'train' && job.subject.kind === 'vocoder') ?? null
  })
  readonly vocoderId: VocoderId | null = $derived(
    this.#shownId ?? (this.job?.subject.kind === 'vocoder' ? this.job.subject.vocoderId : null),
  )
  /** Where nobody was held out the last counts. */
  readonly bestStep = $derived.by(() => {
    const checks = this.#points.filter((point) => point.heldOutLoss !== null)
    const losses = checks.map((point) => point.heldOutLoss ?? 0)
    return checks.length === 0 ? null : checks[losses.indexOf(Math.min(...losses))].step
  })

  /** Asks anew what each network would take; an answer about recordings that changed meanwhile is not shown. */
  async askEstimates(): Promise<void> {
    const { used } = this.people
    if (used.every((recordings) => recordings.length === 0)) return void (this.#estimates = new Map())
    const answers = await Promise.all(
      vocoderChoices.map(
        async (choice) => [keyOf(choice), await this.#call('vocoder:estimateTraining', this.#wish(choice))] as const,
      ),
    )
    if (used === this.people.used) this.#estimates = new Map(answers)
  }

  async start(): Promise<void> {
    const asked = this.#wish(this.choice)
    const { vocoderId } = await this.#call('vocoder:train', asked)
    this.#points = []
    this.#isBeginning = false
    this.#asked = asked
    this.#shownId = vocoderId
  }

  /** What is to be learned; before everything is told, with what stands for it. */
  #wish({ network, size }: VocoderChoice): VocoderTrainingAsked {
    const untold = '–'
    return {
      name: this.name.trim() || untold,
      recordings: this.people.all.flatMap(({ id, name, recordings }) =>
        recordings.map((recording) => ({ ...recording, person: name.trim() || `${untold} ${id}` })),
      ),
      network,
      size,
      licence: this.licence.trim() || untold,
      trainedOn: this.trainedOn.trim() || untold,
      seed: TRAINING_SEED,
    }
  }

  /** Shows a training with its curve so far. */
  async show(vocoderId: VocoderId): Promise<void> {
    this.#isBeginning = false
    if (this.#shownId !== vocoderId) this.#asked = null
    this.#shownId = vocoderId
    this.#points = []
    const [curve, asked] = await Promise.all([
      this.#call('vocoder:trainingCurve', { vocoderId }),
      this.#call('vocoder:asked', { vocoderId }),
    ])
    if (this.#shownId !== vocoderId) return
    this.#points = mergedPoints(this.#points, curve)
    this.#asked = asked ?? this.#asked
  }

  /** An empty page for the next vocoder. */
  startOver(): void {
    this.name = ''
    this.trainedOn = ''
    this.licence = ''
    this.choice = vocoderChoices[0]
    this.people.startOver(PEOPLE)
    this.#isBeginning = true
    this.#shownId = null
    this.#asked = null
    this.#points = []
    this.#estimates = new Map()
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'vocoder-training-progressed' && event.vocoderId === this.vocoderId)
      this.#points = mergedPoints(this.#points, [event.point])
  }
}
