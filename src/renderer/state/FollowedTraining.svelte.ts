import type { Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { mergedPoints } from './merged-points.ts'

/** Where a page learns of trainings of its kind. */
export interface TrainingSource<Id, Asked> {
  /** The newest training of a model. */
  jobOf(id: Id): Job | undefined
  /** Which model a training is of; null where it is of another kind. */
  idOf(subject: Job['subject']): Id | null
  readCurve(id: Id): Promise<readonly TrainingPoint[]>
  /** What it was asked for; null where that is no longer known. */
  readAsked(id: Id): Promise<Asked | null>
}

/** The training that a page shows: the one started or chosen there, else one that is under way. */
export class FollowedTraining<Id extends string, Asked> {
  readonly #jobs: Jobs
  readonly #source: TrainingSource<Id, Asked>
  #shownId: Id | null = $state(null)
  #asked: Asked | null = $state.raw(null)
  /** The person asked for an empty page beside a training that goes on. */
  #isBeginning = $state(false)
  #points: readonly TrainingPoint[] = $state.raw([])

  constructor(jobs: Jobs, source: TrainingSource<Id, Asked>) {
    this.#jobs = jobs
    this.#source = source
  }

  get points(): readonly TrainingPoint[] {
    return this.#points
  }
  /** As far as it is known. */
  get asked(): Asked | null {
    return this.#asked
  }
  readonly job: Job | null = $derived.by(() => {
    if (this.#shownId !== null) return this.#source.jobOf(this.#shownId) ?? null
    if (this.#isBeginning) return null
    return (
      this.#jobs.active.find(({ kind, subject }) => kind === 'train' && this.#source.idOf(subject) !== null) ?? null
    )
  })
  readonly id: Id | null = $derived.by(
    () => this.#shownId ?? (this.job === null ? null : this.#source.idOf(this.job.subject)),
  )
  /** The newest first. */
  readonly checks: readonly TrainingPoint[] = $derived(
    this.#points.filter(({ losses, heldOutLoss }) => losses !== undefined || heldOutLoss !== null).toReversed(),
  )
  /** Where nothing was held out the last counts. */
  readonly bestStep: number | null = $derived.by(() => {
    const losses = this.checks.map((point) => point.heldOutLoss ?? 1 / point.step)
    return losses.length === 0 ? null : this.checks[losses.indexOf(Math.min(...losses))].step
  })

  /** One that was just started here. */
  begin(id: Id, asked: Asked): void {
    this.#points = []
    this.#isBeginning = false
    this.#asked = asked
    this.#shownId = id
  }
  /** Its curve so far, and what it was asked for. Resolves whether it is still the one that is shown. */
  async show(id: Id): Promise<boolean> {
    this.#isBeginning = false
    if (this.#shownId !== id) this.#asked = null
    this.#shownId = id
    this.#points = []
    const [curve, asked] = await Promise.all([this.#source.readCurve(id), this.#source.readAsked(id)])
    if (this.#shownId !== id) return false
    this.take(curve)
    this.#asked = asked ?? this.#asked
    return true
  }
  /** New points of its curve. */
  take(points: readonly TrainingPoint[]): void {
    this.#points = mergedPoints(this.#points, points)
  }
  /** An empty page. */
  startOver(): void {
    this.#isBeginning = true
    this.#shownId = null
    this.#asked = null
    this.#points = []
  }
}
