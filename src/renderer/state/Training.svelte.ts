import type { SingerId, SourceId } from '../../shared/base/id.ts'
import type { ClipVerdict, Job, TrainingPoint } from '../../shared/contract/jobs.ts'
import type { TrainingPreset } from '../../shared/contract/library.ts'
import type { ApplicationEvent, Call, FileReference } from '../../shared/contract/verbs.ts'
import type { TrainingEstimate } from '../../shared/contract/estimates.ts'
import { Checkpoints } from './Checkpoints.svelte.ts'
import type { Jobs } from './Jobs.svelte.ts'
import type { Library } from './Library.svelte.ts'

/** A singer learns from about this much voice; less works, with more of the clips' own words in it. */
export const SUGGESTED_VOICE_SEC = 120
/** Recorded in the card and part of the result: the same clips and seed give the same singer. */
const TRAINING_SEED = 1

/** The page on which a singer is trained: the voice, its clips, how long, and the training as it runs. */
export class Training {
  readonly #call: Call
  readonly #jobs: Jobs
  readonly #library: Library
  name = $state('')
  consent = $state('')
  /** Whose voice it is, by name. */
  owner = $state('')
  ownerAgrees = $state(false)
  preset: TrainingPreset = $state('normal')
  #hueIndex: number | null = $state(null)
  #verdicts: readonly ClipVerdict[] = $state.raw([])
  #skipped: ReadonlySet<SourceId> = $state.raw(new Set())
  #inspectId: Job['id'] | null = $state(null)
  #shownId: SingerId | null = $state(null)
  /** The person asked for an empty page beside a training that goes on. */
  #isBeginning = $state(false)
  #points: readonly TrainingPoint[] = $state.raw([])
  #estimate: TrainingEstimate | null = $state.raw(null)
  /** How the training that is shown sounds. */
  readonly listening: Checkpoints

  constructor(call: Call, jobs: Jobs, library: Library) {
    this.#call = call
    this.#jobs = jobs
    this.#library = library
    this.listening = new Checkpoints(call, jobs)
  }

  get hueIndex(): number {
    return this.#hueIndex ?? this.#library.freeHueIndex
  }
  set hueIndex(index: number) {
    this.#hueIndex = index
  }
  get clips(): readonly ClipVerdict[] {
    return this.#verdicts
  }
  /** The curve of the training that is shown, in steps' order. */
  get points(): readonly TrainingPoint[] {
    return this.#points
  }
  /** What each length takes with the clips that are used; null until it was asked for. */
  get estimate(): TrainingEstimate | null {
    return this.#estimate
  }
  /** The inspection that runs now. */
  readonly inspecting = $derived.by(
    () => this.#jobs.active.find((job) => job.kind === 'inspect' && job.id === this.#inspectId) ?? null,
  )

  readonly #keptClips = $derived(this.#verdicts.filter((clip) => this.isUsed(clip)))
  readonly usableSec = $derived(this.#keptClips.reduce((sum, clip) => sum + clip.durationSec * clip.voicedFraction, 0))
  /** Seconds of voice per MIDI note over the clips that are used. */
  readonly coverage = $derived.by(() => {
    const seconds = new Map<number, number>()
    for (const clip of this.#keptClips) {
      for (const [note, sec] of Object.entries(clip.secondsPerNote)) {
        seconds.set(Number(note), (seconds.get(Number(note)) ?? 0) + sec)
      }
    }
    return seconds
  })
  readonly rangeHz = $derived.by(() => {
    const lowest = this.#keptClips.flatMap((clip) => clip.lowestHz ?? [])
    const highest = this.#keptClips.flatMap((clip) => clip.highestHz ?? [])
    return lowest.length === 0 ? null : { lowestHz: Math.min(...lowest), highestHz: Math.max(...highest) }
  })

  readonly problemOfName = $derived.by(() => this.#library.problemOfName(this.name))
  readonly isVoiceReady = $derived(
    this.name.trim() !== '' && this.problemOfName === null && this.ownerAgrees && this.consent.trim() !== '',
  )
  readonly isClipsReady = $derived(this.#keptClips.length > 0 && this.inspecting === null)
  /** What is still missing before the training can start; null when nothing is. */
  readonly missing = $derived.by(() => {
    if (this.name.trim() === '') return 'The singer needs a name.'
    if (this.problemOfName !== null) return this.problemOfName
    if (!this.ownerAgrees || this.consent.trim() === '') return 'Say that the owner of the voice agrees, and how.'
    if (this.inspecting !== null) return 'The clips are being listened to.'
    if (this.#keptClips.length === 0) return 'At least one clip with a voice is needed.'
    return null
  })

  /** The training that the page shows: the one started or chosen here, else one that is under way. */
  readonly job: Job | null = $derived.by(() => {
    if (this.#shownId !== null) return this.#jobs.ofSinger(this.#shownId) ?? null
    if (this.#isBeginning) return null
    return this.#jobs.active.find((job) => job.kind === 'train') ?? null
  })
  readonly singerId: SingerId | null = $derived(
    this.#shownId ?? (this.job?.subject.kind === 'singer' ? this.job.subject.singerId : null),
  )
  readonly checkpoints = $derived(this.#points.filter((point) => point.heldOutLoss !== null).toReversed())
  readonly bestStep = $derived.by(() => {
    const losses = this.checkpoints.map((point) => point.heldOutLoss ?? Infinity)
    return losses.length === 0 ? null : this.checkpoints[losses.indexOf(Math.min(...losses))].step
  })

  isUsed(clip: ClipVerdict): boolean {
    return clip.isKept && !this.#skipped.has(clip.clipId)
  }
  toggleUse(clip: ClipVerdict): void {
    const next = new Set(this.#skipped)
    if (!next.delete(clip.clipId)) next.add(clip.clipId)
    this.#skipped = next
  }

  /** Listens to files and adds them with a verdict each. */
  async addClips(files: readonly FileReference[]): Promise<Job> {
    const { jobId } = await this.#call('singer:inspectClips', { files: [...files] })
    this.#inspectId = jobId
    const job = await this.#jobs.finish(jobId)
    if (job.outcome?.kind === 'inspect') {
      const added = job.outcome.clips
      const ids = new Set(added.map((clip) => clip.clipId))
      this.#verdicts = [...this.#verdicts.filter((clip) => !ids.has(clip.clipId)), ...added]
    }
    return job
  }
  async cancelInspection(): Promise<void> {
    if (this.inspecting) await this.#jobs.cancel(this.inspecting.id)
  }
  removeClip(clipId: SourceId): void {
    this.#verdicts = this.#verdicts.filter((clip) => clip.clipId !== clipId)
  }

  async start(): Promise<void> {
    // The color that is free now belongs to this singer from here on.
    const { hueIndex } = this
    this.#hueIndex = hueIndex
    const { singerId } = await this.#call('singer:train', {
      name: this.name.trim(),
      hueIndex,
      consent: this.consent.trim(),
      ...(this.owner.trim() === '' ? {} : { owner: this.owner.trim() }),
      clipIds: this.#keptClips.map((clip) => clip.clipId),
      preset: this.preset,
      seed: TRAINING_SEED,
    })
    this.#points = []
    this.#isBeginning = false
    this.#shownId = singerId
  }

  /** Shows a training with its curve so far. */
  async show(singerId: SingerId): Promise<void> {
    this.#isBeginning = false
    this.#shownId = singerId
    this.#points = []
    this.#points = merged(this.#points, await this.#call('singer:trainingCurve', { singerId }))
    await this.listening.show(singerId)
  }

  readonly usedClipIds = $derived(this.#keptClips.map((clip) => clip.clipId))
  /** Asks anew what a training would take; an answer about clips that changed meanwhile is not shown. */
  async askEstimate(): Promise<void> {
    const clipIds = this.usedClipIds
    const estimate = await this.#call('singer:estimateTraining', { clipIds })
    if (clipIds === this.usedClipIds) this.#estimate = estimate
  }

  /** An empty page for the next singer. */
  startOver(): void {
    this.name = ''
    this.consent = ''
    this.owner = ''
    this.ownerAgrees = false
    this.#hueIndex = null
    this.#verdicts = []
    this.#skipped = new Set()
    this.#isBeginning = true
    this.#shownId = null
    this.#points = []
  }

  receive(event: ApplicationEvent): void {
    this.listening.receive(event)
    if (event.kind === 'training-progressed' && event.singerId === this.singerId) {
      this.#points = merged(this.#points, [event.point])
    }
  }
}

/** Later news of a step replaces earlier; steps stay in order. */
function merged(points: readonly TrainingPoint[], more: readonly TrainingPoint[]): readonly TrainingPoint[] {
  const last = points.at(-1)
  if (more.length === 1 && last !== undefined && last.step < more[0].step) return [...points, more[0]]
  const bySteps = new Map([...points, ...more].map((point) => [point.step, point]))
  return [...bySteps.values()].toSorted((a, b) => a.step - b.step)
}
