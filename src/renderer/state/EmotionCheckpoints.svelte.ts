import type { EmotionModelId, SourceId } from '../../shared/base/id.ts'
import type { LabeledClip } from '../../shared/contract/emotions.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { emotionAuditionMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import type { CheckpointSounds } from './checkpoint-sounds.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { ModelCheckpoints, type HeardCheckpoint } from './ModelCheckpoints.svelte.ts'

/** What an emotion model's checkpoints make of a clip: which clip, into which emotion, how much. */
export class EmotionCheckpoints implements CheckpointSounds {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #checkpoints: ModelCheckpoints<EmotionModelId>
  #clips: readonly LabeledClip[] = $state.raw([])
  #clipId: SourceId | null = $state(null)
  #target: string | null = $state(null)
  #intensity = $state(1)

  constructor(call: Call, jobs: Jobs) {
    this.#call = call
    this.#jobs = jobs
    this.#checkpoints = new ModelCheckpoints({
      readKept: (modelId) => call('emotion:checkpoints', { modelId }),
      material: () => this.#material,
      make: (modelId, step) => this.#make(modelId, step),
    })
  }

  get rendering(): number | null {
    return this.#checkpoints.rendering
  }
  get clips(): readonly LabeledClip[] {
    return this.#clips
  }
  readonly clip = $derived(this.#clips.find(({ clipId }) => clipId === this.#clipId) ?? null)
  readonly emotions = $derived([...new Set(this.#clips.map(({ emotion }) => emotion))].toSorted())
  /** What a clip can become: another emotion than its own; a performance is never made neutral. */
  readonly targets = $derived(
    this.emotions.filter((emotion) => emotion !== 'neutral' && emotion !== this.clip?.emotion),
  )
  readonly target = $derived(this.targets.find((emotion) => emotion === this.#target) ?? this.targets.at(0) ?? null)
  get intensity(): number {
    return this.#intensity
  }

  chooseClip(clipId: SourceId): void {
    this.#clipId = clipId
  }
  /** The first clip of an emotion. */
  chooseSource(emotion: string): void {
    const clip = this.#clips.find((one) => one.emotion === emotion)
    if (clip) this.#clipId = clip.clipId
  }
  chooseTarget(emotion: string): void {
    this.#target = emotion
  }
  chooseIntensity(intensity: number): void {
    this.#intensity = intensity
  }

  readonly #material = $derived.by(() => {
    if (this.clip === null || this.target === null) return null
    const { clipId } = this.clip
    return { key: `${this.target}/${this.#intensity}/${clipId}`, clipId }
  })

  /** @param clips what the training learns from */
  async show(modelId: EmotionModelId, clips: readonly LabeledClip[]): Promise<void> {
    if (!(await this.#checkpoints.show(modelId))) return
    this.#clips = clips
    if (this.clip === null) this.chooseSource(this.emotions.includes('neutral') ? 'neutral' : (this.emotions[0] ?? ''))
  }

  isKept(step: number): boolean {
    return this.#checkpoints.isKept(step)
  }
  canHear(point: TrainingPoint): boolean {
    return this.#checkpoints.canHear(point)
  }
  soundOf(step: number): MediaId | null {
    return this.#checkpoints.soundOf(step)
  }
  get original(): MediaId | null {
    return this.#checkpoints.original
  }
  render(step: number): Promise<MediaId | null> {
    return this.#checkpoints.render(step)
  }

  async #make(modelId: EmotionModelId, step: number): Promise<HeardCheckpoint | null> {
    const { clip, target, intensity } = this
    if (clip === null || target === null) return null
    const { clipId, emotion: sourceEmotion } = clip
    const asked = { modelId, step, clipId, sourceEmotion, emotion: target, intensity }
    const { jobId } = await this.#call('emotion:hearCheckpoint', asked)
    const { outcome } = await this.#jobs.finish(jobId)
    if (outcome?.kind !== 'emotion-audition') return null
    const { auditionId, originalId } = outcome
    return {
      sound: emotionAuditionMediaId(modelId, auditionId),
      original: emotionAuditionMediaId(modelId, originalId),
    }
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'emotion-training-progressed' && event.point.losses !== undefined)
      this.#checkpoints.refresh(event.modelId)
  }
}
