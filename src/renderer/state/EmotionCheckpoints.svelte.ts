import { SvelteMap } from 'svelte/reactivity'
import type { EmotionModelId, SourceId } from '../../shared/base/id.ts'
import type { LabeledClip } from '../../shared/contract/emotions.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { emotionAuditionMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import type { CheckpointSounds } from './checkpoint-sounds.ts'
import type { Jobs } from './Jobs.svelte.ts'

interface Heard {
  readonly sound: MediaId
  readonly original: MediaId
}

/** What an emotion model's checkpoints make of a clip: which clip, into which emotion, how much. */
export class EmotionCheckpoints implements CheckpointSounds {
  readonly #call: Call
  readonly #jobs: Jobs
  #modelId: EmotionModelId | null = $state(null)
  #kept: readonly number[] = $state.raw([])
  #clips: readonly LabeledClip[] = $state.raw([])
  #clipId: SourceId | null = $state(null)
  #target: string | null = $state(null)
  #intensity = $state(1)
  #rendering: number | null = $state(null)
  /** By step and what is listened to. */
  readonly #heard = new SvelteMap<string, Heard>()

  constructor(call: Call, jobs: Jobs) {
    this.#call = call
    this.#jobs = jobs
  }

  get rendering(): number | null {
    return this.#rendering
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

  /** @param clips what the training learns from */
  async show(modelId: EmotionModelId, clips: readonly LabeledClip[]): Promise<void> {
    if (this.#modelId !== modelId) this.#heard.clear()
    this.#modelId = modelId
    const kept = await this.#call('emotion:checkpoints', { modelId })
    if (this.#modelId !== modelId) return
    this.#kept = kept
    this.#clips = clips
    if (this.clip === null) this.chooseSource(this.emotions.includes('neutral') ? 'neutral' : (this.emotions[0] ?? ''))
  }

  isKept(step: number): boolean {
    return this.#kept.includes(step)
  }
  canHear({ step }: TrainingPoint): boolean {
    return this.clip !== null && this.target !== null && (this.isKept(step) || this.soundOf(step) !== null)
  }
  soundOf(step: number): MediaId | null {
    return this.#heard.get(this.#keyOf(step))?.sound ?? null
  }
  get original(): MediaId | null {
    const own = [...this.#heard].find(([key]) => key.endsWith(`/${this.clip?.clipId}`))
    return own?.[1].original ?? null
  }

  async render(step: number): Promise<MediaId | null> {
    const { clip, target, intensity } = this
    const modelId = this.#modelId
    if (modelId === null || clip === null || target === null) return null
    const key = this.#keyOf(step)
    this.#rendering = step
    try {
      const { clipId, emotion: sourceEmotion } = clip
      const asked = { modelId, step, clipId, sourceEmotion, emotion: target, intensity }
      const { jobId } = await this.#call('emotion:hearCheckpoint', asked)
      const { outcome } = await this.#jobs.finish(jobId)
      if (outcome?.kind !== 'emotion-audition') return null
      const sound = emotionAuditionMediaId(modelId, outcome.auditionId)
      this.#heard.set(key, { sound, original: emotionAuditionMediaId(modelId, outcome.originalId) })
      return key === this.#keyOf(step) ? sound : null
    } finally {
      this.#rendering = null
    }
  }

  receive(event: ApplicationEvent): void {
    if (event.kind !== 'emotion-training-progressed' || event.modelId !== this.#modelId) return
    if (event.point.losses === undefined) return
    const { modelId } = event
    this.#call('emotion:checkpoints', { modelId }).then(
      (kept) => {
        if (this.#modelId === modelId) this.#kept = kept
      },
      () => {}, // the next checkpoint asks again
    )
  }

  #keyOf(step: number): string {
    return `${step}/${this.target}/${this.#intensity}/${this.clip?.clipId}`
  }
}
