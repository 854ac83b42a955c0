import type { VocoderId } from '../../shared/base/id.ts'
import type { Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import {
  teacherNetworks,
  vocoderNetworks,
  vocoderNetworkSizes,
  type TrainedVocoder,
  type VocoderNetwork,
  type VocoderSize,
  type VocoderTrainingAsked,
  type VocoderTrainingEstimate,
} from '../../shared/contract/vocoders.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { say } from '../messages/say.svelte.ts'
import { FollowedTraining } from './FollowedTraining.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'
import type { RecordingDraft } from './RecordingDraft.svelte.ts'
import { RecordingDrafts } from './RecordingDrafts.svelte.ts'
import { VocoderCheckpoints } from './VocoderCheckpoints.svelte.ts'

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
  readonly #library: Library
  name = $state('')
  /** Whose recordings, in words. */
  trainedOn = $state('')
  licence = $state('')
  choice: VocoderChoice = $state.raw(vocoderChoices[0])
  /** Whom a student is to learn from, once somebody was chosen. */
  #chosenTeacher: VocoderId | null = $state.raw(null)
  readonly people: RecordingDrafts
  readonly listening: VocoderCheckpoints
  readonly #followed: FollowedTraining<VocoderId, VocoderTrainingAsked>
  #estimates: ReadonlyMap<string, VocoderTrainingEstimate> = $state.raw(new Map())

  constructor(call: Call, jobs: Jobs, library: Library) {
    this.#call = call
    this.#library = library
    this.#followed = new FollowedTraining(jobs, {
      jobOf: (id) => jobs.ofVocoder(id),
      idOf: (subject) => (subject.kind === 'vocoder' ? subject.vocoderId : null),
      readCurve: (vocoderId) => call('vocoder:trainingCurve', { vocoderId }),
      readAsked: (vocoderId) => call('vocoder:asked', { vocoderId }),
    })
    this.people = new RecordingDrafts(call, jobs, overlooked, PEOPLE)
    this.listening = new VocoderCheckpoints(call, jobs, () => this.shown?.heldOutPeople ?? [])
  }

  get points(): readonly TrainingPoint[] {
    return this.#followed.points
  }
  get asked(): VocoderTrainingAsked | null {
    return this.#followed.asked
  }
  estimateOf(choice: VocoderChoice): VocoderTrainingEstimate | undefined {
    return this.#estimates.get(keyOf(choice))
  }

  /** Those of this person's vocoders that the chosen network could learn from; null where it learns from recordings alone. */
  readonly teachers: readonly TrainedVocoder[] | null = $derived.by(() => {
    const { network } = this.choice
    if (!(network in teacherNetworks)) return null
    const wanted = teacherNetworks[network as keyof typeof teacherNetworks] // it is one of them
    return this.#library.vocoders.filter((vocoder) => vocoder.network === wanted)
  })
  /** The chosen one as long as it is there, else the first. */
  readonly teacher: TrainedVocoder | null = $derived(
    this.teachers?.find(({ id }) => id === this.#chosenTeacher) ?? this.teachers?.[0] ?? null,
  )
  chooseTeacher(vocoderId: VocoderId): void {
    this.#chosenTeacher = vocoderId
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
    if (this.teachers !== null && this.teacher === null) return say.vocoders.needsTeacher
    return this.licence.trim() === '' ? say.state.needsLicence : null
  })
  readonly #missingOf = (draft: RecordingDraft): string | null =>
    this.people.missingOf(draft, this.problemOfPerson(draft))

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  get job(): Job | null {
    return this.#followed.job
  }
  get vocoderId(): VocoderId | null {
    return this.#followed.id
  }
  /** The newest first: those that were judged, and where nobody could be held out those that are kept. */
  readonly checkpoints: readonly TrainingPoint[] = $derived.by(() =>
    this.points
      .filter(({ step, heldOutLoss }) => heldOutLoss !== null || this.listening.sounds.isKept(step))
      .toReversed(),
  )
  /** Where nobody was held out the last counts. */
  get bestStep(): number | null {
    return this.#followed.bestStep ?? this.checkpoints.at(0)?.step ?? null
  }
  /** What the shown training came to until now. */
  readonly shown: TrainedVocoder | null = $derived.by(
    () => this.#library.vocoders.find(({ id }) => id === this.vocoderId) ?? null,
  )

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
    this.#followed.begin(vocoderId, asked)
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
      ...(this.teacher !== null &&
        network === this.choice.network && { teacher: { kind: 'vocoder' as const, vocoderId: this.teacher.id } }),
      licence: this.licence.trim() || untold,
      trainedOn: this.trainedOn.trim() || untold,
      seed: TRAINING_SEED,
    }
  }

  /** Shows a training with its curve so far. */
  async show(vocoderId: VocoderId): Promise<void> {
    if (await this.#followed.show(vocoderId))
      await this.listening.show(vocoderId, this.#followed.asked?.recordings ?? [])
  }

  /** An empty page for the next vocoder. */
  startOver(): void {
    this.name = ''
    this.trainedOn = ''
    this.licence = ''
    this.choice = vocoderChoices[0]
    this.#chosenTeacher = null
    this.people.startOver(PEOPLE)
    this.#followed.startOver()
    this.#estimates = new Map()
  }

  receive(event: ApplicationEvent): void {
    this.listening.receive(event)
    if (event.kind === 'vocoder-training-progressed' && event.vocoderId === this.vocoderId)
      this.#followed.take([event.point])
  }
}
