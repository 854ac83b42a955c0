import type { EmotionModelId, SourceId } from '../../shared/base/id.ts'
import type { LabeledClip } from '../../shared/contract/emotions.ts'
import { emotionAuditionMediaId } from '../../shared/contract/media.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { ModelCheckpoints, type HeardMaterial } from './ModelCheckpoints.svelte.ts'

/** A clip, into which emotion, and how much. */
interface EmotionMaterial extends HeardMaterial {
  readonly sourceEmotion: string
  readonly emotion: string
  readonly intensity: number
}

/** What an emotion model's checkpoints make of a clip. */
export class EmotionCheckpoints {
  readonly sounds: ModelCheckpoints<EmotionModelId, EmotionMaterial>
  #clips: readonly LabeledClip[] = $state.raw([])
  #clipId: SourceId | null = $state(null)
  #target: string | null = $state(null)
  #intensity = $state(1)

  constructor(call: Call, jobs: Jobs) {
    this.sounds = new ModelCheckpoints(jobs, {
      readKept: (modelId) => call('emotion:checkpoints', { modelId }),
      material: () => this.#material,
      begin: (modelId, step, { key: _, ...material }) => call('emotion:hearCheckpoint', { modelId, step, ...material }),
      heardOf(modelId, outcome) {
        if (outcome?.kind !== 'emotion-audition') return null
        return {
          sound: emotionAuditionMediaId(modelId, outcome.auditionId),
          original: emotionAuditionMediaId(modelId, outcome.originalId),
        }
      },
    })
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

  readonly #material = $derived.by((): EmotionMaterial | null => {
    if (this.clip === null || this.target === null) return null
    const { clipId, emotion: sourceEmotion } = this.clip
    const { target: emotion, intensity } = this
    return { key: `${emotion}/${intensity}/${clipId}`, clipId, sourceEmotion, emotion, intensity }
  })

  /** @param clips what the training learns from */
  async show(modelId: EmotionModelId, clips: readonly LabeledClip[]): Promise<void> {
    if (!(await this.sounds.show(modelId))) return
    this.#clips = clips
    if (this.clip === null) this.chooseSource(this.emotions.includes('neutral') ? 'neutral' : (this.emotions[0] ?? ''))
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'emotion-training-progressed' && event.point.losses !== undefined)
      this.sounds.refresh(event.modelId)
  }
}
