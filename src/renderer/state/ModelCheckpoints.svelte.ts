import { SvelteMap } from 'svelte/reactivity'
import type { JobId, SourceId } from '../../shared/base/id.ts'
import type { JobOutcome, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { MediaId } from '../../shared/contract/media.ts'
import type { CheckpointSounds } from './checkpoint-sounds.ts'
import type { Jobs } from './Jobs.svelte.ts'

/** A sound of a checkpoint and what it was made of. */
interface HeardCheckpoint {
  readonly sound: MediaId
  readonly original: MediaId
}

/** What a checkpoint is heard on: the whole choice, told from others by its key, and the clip of it. */
export interface HeardMaterial {
  readonly key: string
  readonly clipId: SourceId
}

/** Where checkpoints of models of a kind are, and what is listened to. */
export interface CheckpointsSource<Id extends string, Material extends HeardMaterial> {
  /** Steps whose models are kept. */
  readKept(modelId: Id): Promise<readonly number[]>
  /** Null while nothing is chosen. */
  material(): Material | null
  /** Begins to make it. */
  begin(modelId: Id, step: number, material: Material): Promise<{ readonly jobId: JobId }>
  /** What was made of it; null where it did not come to be. */
  heardOf(modelId: Id, outcome: JobOutcome | null): HeardCheckpoint | null
}

/** Which checkpoints of a model are kept, and what was made of clips to hear them. */
export class ModelCheckpoints<
  Id extends string,
  Material extends HeardMaterial = HeardMaterial,
> implements CheckpointSounds {
  readonly #jobs: Jobs
  readonly #source: CheckpointsSource<Id, Material>
  #modelId: Id | null = $state(null)
  #kept: readonly number[] = $state.raw([])
  #rendering: number | null = $state(null)
  /** By step and what is listened to. */
  readonly #sounds = new SvelteMap<string, MediaId>()
  /** By clip. */
  readonly #originals = new SvelteMap<string, MediaId>()

  constructor(jobs: Jobs, source: CheckpointsSource<Id, Material>) {
    this.#jobs = jobs
    this.#source = source
  }

  get rendering(): number | null {
    return this.#rendering
  }
  get original(): MediaId | null {
    const material = this.#source.material()
    return (material && this.#originals.get(material.clipId)) ?? null
  }
  isKept(step: number): boolean {
    return this.#kept.includes(step)
  }
  canHear({ step }: TrainingPoint): boolean {
    return this.#source.material() !== null && (this.isKept(step) || this.soundOf(step) !== null)
  }
  soundOf(step: number): MediaId | null {
    const key = this.#keyOf(step)
    return (key !== null && this.#sounds.get(key)) || null
  }

  /** Resolves whether the model is still the one that is shown. */
  async show(modelId: Id): Promise<boolean> {
    if (this.#modelId !== modelId) {
      this.#sounds.clear()
      this.#originals.clear()
      this.#kept = []
    }
    this.#modelId = modelId
    return this.#readKept(modelId)
  }
  /** A new checkpoint may have taken the place of another. */
  refresh(modelId: Id): void {
    if (this.#modelId !== modelId) return
    this.#readKept(modelId).catch(() => {}) // the next checkpoint asks again
  }

  async render(step: number): Promise<MediaId | null> {
    const material = this.#source.material()
    const key = this.#keyOf(step)
    const modelId = this.#modelId
    if (modelId === null || material === null || key === null) return null
    this.#rendering = step
    try {
      const { jobId } = await this.#source.begin(modelId, step, material)
      const { outcome } = await this.#jobs.finish(jobId)
      const heard = this.#source.heardOf(modelId, outcome)
      if (heard === null) return null
      this.#sounds.set(key, heard.sound)
      this.#originals.set(material.clipId, heard.original)
      return key === this.#keyOf(step) ? heard.sound : null
    } finally {
      this.#rendering = null
    }
  }

  async #readKept(modelId: Id): Promise<boolean> {
    const kept = await this.#source.readKept(modelId)
    if (this.#modelId !== modelId) return false
    this.#kept = kept
    return true
  }
  #keyOf(step: number): string | null {
    const material = this.#source.material()
    return material && `${step}/${material.key}`
  }
}
