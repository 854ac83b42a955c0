import type { SourceId, VocoderId } from '../../shared/base/id.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { vocoderAuditionMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import type { VocoderTrainingAsked } from '../../shared/contract/vocoders.ts'
import type { CheckpointSounds } from './checkpoint-sounds.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { ModelCheckpoints, type HeardCheckpoint } from './ModelCheckpoints.svelte.ts'

type Recordings = VocoderTrainingAsked['recordings']

/** A recording of somebody as a vocoder's checkpoints sing it. */
export class VocoderCheckpoints implements CheckpointSounds {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #checkpoints: ModelCheckpoints<VocoderId>
  #recordings: Recordings = $state.raw([])
  #person: string | null = $state(null)
  #clipId: SourceId | null = $state(null)

  /** @param heldOut names of those whom the shown vocoder does not learn from */
  constructor(call: Call, jobs: Jobs, heldOut: () => readonly string[]) {
    this.#call = call
    this.#jobs = jobs
    this.#heldOut = heldOut
    this.#checkpoints = new ModelCheckpoints({
      readKept: (vocoderId) => call('vocoder:checkpoints', { vocoderId }),
      material: () => this.#material,
      make: (vocoderId, step) => this.#make(vocoderId, step),
    })
  }
  readonly #heldOut: () => readonly string[]

  get rendering(): number | null {
    return this.#checkpoints.rendering
  }
  readonly people = $derived([...new Set(this.#recordings.map(({ person }) => person))])
  /** The chosen one; else somebody who was not learned from, since that is what the others will be. */
  readonly person = $derived(
    this.people.find((name) => name === this.#person) ??
      this.people.find((name) => this.isHeldOut(name)) ??
      this.people.at(0) ??
      null,
  )
  readonly recordings = $derived(this.#recordings.filter(({ person }) => person === this.person))
  readonly recording = $derived(
    this.recordings.find(({ clipId }) => clipId === this.#clipId) ?? this.recordings.at(0) ?? null,
  )
  readonly #material = $derived(this.recording && { key: this.recording.clipId, clipId: this.recording.clipId })

  isHeldOut(person: string): boolean {
    return this.#heldOut().includes(person)
  }
  choosePerson(name: string): void {
    this.#person = name
  }
  chooseRecording(clipId: SourceId): void {
    this.#clipId = clipId
  }

  /** @param recordings what the training learns from, and whom it holds out */
  async show(vocoderId: VocoderId, recordings: Recordings): Promise<void> {
    if (await this.#checkpoints.show(vocoderId)) this.#recordings = recordings
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

  async #make(vocoderId: VocoderId, step: number): Promise<HeardCheckpoint | null> {
    if (this.recording === null) return null
    const { clipId } = this.recording
    const { jobId } = await this.#call('vocoder:hearCheckpoint', { vocoderId, step, clipId })
    const { outcome } = await this.#jobs.finish(jobId)
    if (outcome?.kind !== 'vocoder-audition') return null
    const { auditionId, originalId } = outcome
    return {
      sound: vocoderAuditionMediaId(vocoderId, auditionId),
      original: vocoderAuditionMediaId(vocoderId, originalId),
    }
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'vocoder-training-progressed') this.#checkpoints.refresh(event.vocoderId)
  }
}
