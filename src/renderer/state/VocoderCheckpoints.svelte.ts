import type { SourceId, VocoderId } from '../../shared/base/id.ts'
import { vocoderAuditionMediaId } from '../../shared/contract/media.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import type { VocoderTrainingAsked } from '../../shared/contract/vocoders.ts'
import type { Jobs } from './Jobs.svelte.ts'
import { ModelCheckpoints } from './ModelCheckpoints.svelte.ts'

type Recordings = VocoderTrainingAsked['recordings']

/** A recording of somebody as a vocoder's checkpoints sing it. */
export class VocoderCheckpoints {
  readonly sounds: ModelCheckpoints<VocoderId>
  readonly #heldOut: () => readonly string[]
  #recordings: Recordings = $state.raw([])
  #person: string | null = $state(null)
  #clipId: SourceId | null = $state(null)

  /** @param heldOut names of those whom the shown vocoder does not learn from */
  constructor(call: Call, jobs: Jobs, heldOut: () => readonly string[]) {
    this.#heldOut = heldOut
    this.sounds = new ModelCheckpoints(jobs, {
      readKept: (vocoderId) => call('vocoder:checkpoints', { vocoderId }),
      material: () => this.#material,
      begin: (vocoderId, step, { clipId }) => call('vocoder:hearCheckpoint', { vocoderId, step, clipId }),
      heardOf(vocoderId, outcome) {
        if (outcome?.kind !== 'vocoder-audition') return null
        return {
          sound: vocoderAuditionMediaId(vocoderId, outcome.auditionId),
          original: vocoderAuditionMediaId(vocoderId, outcome.originalId),
        }
      },
    })
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
    if (await this.sounds.show(vocoderId)) this.#recordings = recordings
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'vocoder-training-progressed') this.sounds.refresh(event.vocoderId)
  }
}
