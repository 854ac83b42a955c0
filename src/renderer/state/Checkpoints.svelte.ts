import { SvelteMap } from 'svelte/reactivity'
import type { ProjectId, SingerId, SourceId } from '../../shared/base/id.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { auditionMediaId, ORIGINAL_AUDITION_ID, type MediaId } from '../../shared/contract/media.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import type { CheckpointSounds } from './checkpoint-sounds.ts'
import type { Jobs } from './Jobs.svelte.ts'

/** A part of the person's own song that checkpoints are heard on. */
export interface Stem {
  readonly projectId: ProjectId
  readonly sourceId: SourceId
  readonly name: string
  readonly sourceStartSamples: number
  readonly durationSamples: number
}

/** What a checkpoint's sound is beside: the same part as it was sung. */
interface Heard {
  readonly sound: MediaId
  readonly original: MediaId
}

/** The checkpoints of one training: whose weights are kept, and how each sounds on a phrase or on a stem. */
export class Checkpoints implements CheckpointSounds {
  readonly #call: Call
  readonly #jobs: Jobs
  #singerId: SingerId | null = $state(null)
  #kept: readonly number[] = $state.raw([])
  #stem: Stem | null = $state.raw(null)
  readonly #heard = new SvelteMap<number, Heard>()
  #rendering: number | null = $state(null)

  constructor(call: Call, jobs: Jobs) {
    this.#call = call
    this.#jobs = jobs
  }

  /** Null while the held-back phrase is listened to. */
  get stem(): Stem | null {
    return this.#stem
  }
  /** The step that is being rendered on the stem. */
  get rendering(): number | null {
    return this.#rendering
  }

  /** Weights that can be heard on anything, and used. */
  isKept(step: number): boolean {
    return this.#kept.includes(step)
  }

  canHear({ step, auditionId }: TrainingPoint): boolean {
    return this.soundOf(step, auditionId) !== null || (this.#stem !== null && this.isKept(step))
  }

  async show(singerId: SingerId): Promise<void> {
    if (this.#singerId !== singerId) this.chooseStem(null)
    this.#singerId = singerId
    this.#kept = await this.#call('singer:checkpoints', { singerId })
  }

  chooseStem(stem: Stem | null): void {
    this.#stem = stem
    this.#heard.clear()
  }

  /** A checkpoint's sound that is there already; on a stem it is made first. */
  soundOf(step: number, auditionId: string | null): MediaId | null {
    if (this.#singerId === null) return null
    if (this.#stem !== null) return this.#heard.get(step)?.sound ?? null
    return auditionId === null ? null : auditionMediaId(this.#singerId, auditionId)
  }

  /** What was sung before any singer learned it; null until a checkpoint was heard on this stem. */
  get original(): MediaId | null {
    if (this.#singerId === null) return null
    if (this.#stem === null) return auditionMediaId(this.#singerId, ORIGINAL_AUDITION_ID)
    return this.#heard.values().next().value?.original ?? null
  }

  /** Has a checkpoint sing the stem; its sound once it is there, null where it did not come to be. */
  async render(step: number): Promise<MediaId | null> {
    const [singerId, stem] = [this.#singerId, this.#stem]
    if (singerId === null || stem === null) return null
    this.#rendering = step
    try {
      const { projectId, sourceId, sourceStartSamples, durationSamples } = stem
      const part = { projectId, sourceId, sourceStartSamples, durationSamples }
      const { jobId } = await this.#call('singer:hearCheckpoint', { singerId, step, ...part })
      const { outcome } = await this.#jobs.finish(jobId)
      if (outcome?.kind !== 'audition' || this.#stem !== stem) return null
      const sound = auditionMediaId(singerId, outcome.auditionId)
      this.#heard.set(step, { sound, original: auditionMediaId(singerId, outcome.originalId) })
      return sound
    } finally {
      this.#rendering = null
    }
  }

  use = async (step: number): Promise<void> => {
    if (this.#singerId !== null) await this.#call('singer:useCheckpoint', { singerId: this.#singerId, step })
  }

  receive(event: ApplicationEvent): void {
    if (event.kind !== 'training-progressed' || event.singerId !== this.#singerId) return
    if (event.point.heldOutLoss === null) return
    const { singerId } = event
    this.#call('singer:checkpoints', { singerId }).then(
      (kept) => {
        if (this.#singerId === singerId) this.#kept = kept
      },
      () => {}, // the next checkpoint asks again
    )
  }
}
