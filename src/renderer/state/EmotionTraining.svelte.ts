import type { EmotionModelId } from '../../shared/base/id.ts'
import type {
  AskedEmotions,
  EmotionMethod,
  EmotionSize,
  EmotionTrainingEstimate,
  EmotionTrainingPlan,
} from '../../shared/contract/emotions.ts'
import type { Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import { toldFailure } from '../messages/told.ts'
import { EmotionCheckpoints } from './EmotionCheckpoints.svelte.ts'
import { FollowedTraining } from './FollowedTraining.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { LabeledDataset, type CheckLabels } from './LabeledDataset.svelte.ts'
import type { Library } from './Library.svelte.ts'

/** Recorded in the card and part of the result: the same clips and seed give the same model. */
const TRAINING_SEED = 1
/** So many files are listened to in one go. */
const CHECKED_TOGETHER = 400

/** What can learn: tables, or a network of a size. */
export type EmotionLearner = 'statistics' | EmotionSize
/** What takes seconds comes first. */
export const emotionLearners = ['statistics', 'compact', 'paper'] as const satisfies readonly EmotionLearner[]

const planOf = (learner: EmotionLearner): EmotionTrainingPlan =>
  learner === 'statistics' ? { method: 'statistics' } : { method: 'relgan', size: learner }

/** The page on which an emotion model is trained: its clips, what learns from them, and the training as it runs. */
export class EmotionTraining {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #library: Library
  name = $state('')
  /** Whose clips, in words. */
  trainedOn = $state('')
  licence = $state('')
  learner: EmotionLearner = $state('statistics')
  readonly labeled: LabeledDataset
  readonly listening: EmotionCheckpoints
  #inspectId: Job['id'] | null = $state(null)
  #reading: { readonly done: number; readonly all: number } | null = $state.raw(null)
  readonly #followed: FollowedTraining<EmotionModelId, AskedEmotions>
  #estimates: Readonly<Partial<Record<EmotionLearner, EmotionTrainingEstimate>>> = $state.raw({})

  constructor(call: Call, jobs: Jobs, library: Library, labelChecks: Readonly<Record<EmotionMethod, CheckLabels>>) {
    this.#call = call
    this.#jobs = jobs
    this.#library = library
    this.#followed = new FollowedTraining(jobs, {
      jobOf: (id) => jobs.ofEmotions(id),
      idOf: (subject) => (subject.kind === 'emotion' ? subject.modelId : null),
      readCurve: (modelId) => call('emotion:trainingCurve', { modelId }),
      readAsked: (modelId) => call('emotion:asked', { modelId }),
    })
    this.labeled = new LabeledDataset((labels, wanted) => labelChecks[this.method](labels, wanted))
    this.listening = new EmotionCheckpoints(call, jobs)
  }

  get points(): readonly TrainingPoint[] {
    return this.#followed.points
  }
  get method(): EmotionMethod {
    return planOf(this.learner).method
  }
  estimateOf(learner: EmotionLearner): EmotionTrainingEstimate | undefined {
    return this.#estimates[learner]
  }
  readonly #inspection = $derived.by(() => this.#jobs.active.find((job) => job.id === this.#inspectId) ?? null)
  /** How far the clips are listened to; null where nothing is read. */
  readonly reading = $derived.by(() => {
    if (this.#reading === null) return null
    const { done, all } = this.#reading
    const own = Math.min(CHECKED_TOGETHER, all - done) * (this.#inspection?.fraction ?? 0)
    return { fraction: all === 0 ? 0 : (done + own) / all, phase: this.#inspection?.phase ?? '', all }
  })

  readonly problemOfName = $derived.by(() => {
    const wanted = this.name.trim().toLocaleLowerCase()
    const isTaken = this.#library.emotionModels.some((model) => model.name.toLocaleLowerCase() === wanted)
    return wanted !== '' && isTaken ? say.state.modelIsHere(this.name.trim()) : null
  })
  readonly isDescribed = $derived(
    this.name.trim() !== '' &&
      this.problemOfName === null &&
      this.trainedOn.trim() !== '' &&
      this.licence.trim() !== '',
  )
  readonly isClipsReady = $derived.by(
    () => this.labeled.used.length > 0 && this.labeled.problem === null && this.#reading === null,
  )
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    if (this.name.trim() === '') return say.state.modelNeedsName
    if (this.problemOfName !== null) return this.problemOfName
    if (this.trainedOn.trim() === '') return say.state.needsWhoseClips
    if (this.licence.trim() === '') return say.state.needsLicence
    if (this.#reading !== null) return say.state.listeningToClips
    if (this.labeled.clips.length === 0) return say.state.needsFolder
    return this.labeled.problem === null ? null : toldFailure(this.labeled.problem).message
  })

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  get job(): Job | null {
    return this.#followed.job
  }
  get modelId(): EmotionModelId | null {
    return this.#followed.id
  }
  /** By what the shown training learns, as far as it is known. */
  readonly shownMethod: EmotionMethod | null = $derived.by(() => {
    const model = this.modelId === null ? undefined : this.#library.emotionModel(this.modelId)
    return model?.method ?? this.#followed.asked?.method ?? null
  })
  /** Of the shown training. */
  readonly shownName = $derived.by(() => {
    const model = this.modelId === null ? undefined : this.#library.emotionModel(this.modelId)
    return model?.name ?? this.#followed.asked?.name ?? ''
  })
  /** The newest first. */
  get checkpoints(): readonly TrainingPoint[] {
    return this.#followed.checks
  }
  get bestStep(): number | null {
    return this.#followed.bestStep
  }

  /** Reads the labels of a folder and listens to its clips; what was there before goes. */
  async readFolder(folder: string): Promise<void> {
    const recordings = await this.#call('emotion:readFolder', { folder })
    this.labeled.clear()
    const reading = (this.#reading = { done: 0, all: recordings.length })
    try {
      for (let first = 0; first < recordings.length; first += CHECKED_TOGETHER) {
        this.#reading = { ...reading, done: first }
        const some = recordings.slice(first, first + CHECKED_TOGETHER)
        const files = some.map(({ absolutePath }) => ({ kind: 'path' as const, path: absolutePath }))
        const { jobId } = await this.#call('singer:inspectClips', { files })
        this.#inspectId = jobId
        const { outcome } = await this.#jobs.finish(jobId)
        if (outcome?.kind !== 'inspect') return
        this.labeled.take(outcome.clips, some)
      }
    } finally {
      this.#reading = null
    }
  }
  async cancelReading(): Promise<void> {
    if (this.#inspection) await this.#jobs.cancel(this.#inspection.id)
  }

  /** Asks anew what each way would take; an answer about clips that changed meanwhile is not shown. */
  async askEstimates(): Promise<void> {
    const { used } = this.labeled
    if (used.length === 0) return void (this.#estimates = {})
    const clipIds = used.map(({ clipId }) => clipId)
    const answers = await Promise.all(
      emotionLearners.map(
        async (learner) =>
          [learner, await this.#call('emotion:estimateTraining', { clipIds, plan: planOf(learner) })] as const,
      ),
    )
    if (used === this.labeled.used) this.#estimates = Object.fromEntries(answers)
  }

  async start(): Promise<void> {
    const name = this.name.trim()
    const clips = [...this.labeled.used]
    const { modelId } = await this.#call('emotion:train', {
      name,
      clips,
      licence: this.licence.trim(),
      trainedOn: this.trainedOn.trim(),
      plan: planOf(this.learner),
      seed: TRAINING_SEED,
    })
    this.#followed.begin(modelId, { name, method: this.method, clips })
  }

  /** Shows a training with its curve so far. */
  async show(modelId: EmotionModelId): Promise<void> {
    if (!(await this.#followed.show(modelId))) return
    await this.listening.show(modelId, this.#followed.asked?.clips ?? [])
    // Tables begin at neutral.
    if (this.shownMethod === 'statistics') this.listening.chooseSource('neutral')
  }

  /** An empty page for the next model. */
  startOver(): void {
    this.name = ''
    this.trainedOn = ''
    this.licence = ''
    this.labeled.clear()
    this.#followed.startOver()
  }

  receive(event: ApplicationEvent): void {
    this.listening.receive(event)
    if (event.kind === 'emotion-training-progressed' && event.modelId === this.modelId) {
      this.#followed.take([event.point])
    }
  }
}
