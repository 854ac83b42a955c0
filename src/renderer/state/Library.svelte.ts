import type { DomainId, EmotionModelId, PerformerId, SingerId, VocoderId } from '../../shared/base/id.ts'
import type { TrainedDomain } from '../../shared/contract/domains.ts'
import type { TrainedEmotions } from '../../shared/contract/emotions.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Emotion, Performer, Singer } from '../../shared/contract/library.ts'
import type { TrainedVocoder } from '../../shared/contract/vocoders.ts'
import type { ApplicationEvent, ApplicationInfo, Call, FileReference } from '../../shared/contract/verbs.ts'
import { say } from '../messages/say.svelte.ts'
import { inWindowLanguage, ownEmotions } from './emotion-labels.ts'

/** The singers and emotions on this machine, and the watch folder. */
export class Library {
  readonly #call: Call
  #singers: readonly Singer[] = $state.raw([])
  #info: ApplicationInfo | null = $state.raw(null)
  #watchFolder: string | null = $state(null)
  #newFiles: readonly string[] = $state.raw([])

  #emotionModels: readonly TrainedEmotions[] = $state.raw([])
  #vocoders: readonly TrainedVocoder[] = $state.raw([])
  #domains: readonly TrainedDomain[] = $state.raw([])
  readonly #performers: readonly Performer[] = $derived([...this.#singers, ...this.#domains])

  /** Those that come with the program. */
  readonly #shippedEmotions = $derived(inWindowLanguage(this.#info?.emotions ?? []))
  readonly #emotions = $derived([...this.#shippedEmotions, ...this.#emotionModels.flatMap(ownEmotions)])

  constructor(call: Call) {
    this.#call = call
  }

  get isLoaded(): boolean {
    return this.#info !== null
  }
  get singers(): readonly Singer[] {
    return this.#singers
  }
  get info(): ApplicationInfo | null {
    return this.#info
  }
  /** All that can be asked for: those that come with the program, then those of the person's own models. */
  get emotions(): readonly Emotion[] {
    return this.#emotions
  }
  get shippedEmotions(): readonly Emotion[] {
    return this.#shippedEmotions
  }
  /** Emotion models that were trained or imported here. */
  get emotionModels(): readonly TrainedEmotions[] {
    return this.#emotionModels
  }
  /** Vocoders that were trained here, by name. */
  get vocoders(): readonly TrainedVocoder[] {
    return this.#vocoders
  }
  /** Domains of music that were trained or imported here, by name. */
  get domains(): readonly TrainedDomain[] {
    return this.#domains
  }
  /** Singers, then domains. */
  get performers(): readonly Performer[] {
    return this.#performers
  }
  get watchFolder(): string | null {
    return this.#watchFolder
  }
  /** Paths of files that appeared in the watch folder and were not imported yet. */
  get newFiles(): readonly string[] {
    return this.#newFiles
  }

  async load(): Promise<void> {
    const [info, singers, models, vocoders, domains, watch] = await Promise.all([
      this.#call('application:describe', {}),
      this.#call('singer:list', {}),
      this.#call('emotion:list', {}),
      this.#call('vocoder:list', {}),
      this.#call('domain:list', {}),
      this.#call('watch:describe', {}),
    ])
    this.#info = info
    this.#singers = singers
    this.#emotionModels = models
    this.#vocoders = vocoders
    this.#domains = domains
    this.#watchFolder = watch.folder
    this.#newFiles = watch.newFiles
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'singers-changed') this.#singers = event.singers
    else if (event.kind === 'emotions-changed') void this.#loadEmotions()
    else if (event.kind === 'domains-changed') void this.#loadDomains()
    else if (event.kind === 'vocoders-changed') void this.#loadVocoders()
    else if (event.kind === 'job-changed' && isEndOf('emotion', event.job)) void this.#loadEmotions()
    else if (event.kind === 'job-changed' && isEndOf('vocoder', event.job)) void this.#loadVocoders()
    else if (event.kind === 'job-changed' && isEndOf('domain', event.job)) void this.#loadDomains()
    else if (event.kind === 'watch-changed') this.#newFiles = event.newFiles
  }

  emotionModel(modelId: EmotionModelId): TrainedEmotions | undefined {
    return this.#emotionModels.find((model) => model.id === modelId)
  }
  singer(singerId: SingerId): Singer | undefined {
    return this.#singers.find((singer) => singer.id === singerId)
  }
  performer(id: PerformerId): Performer | undefined {
    return this.#performers.find((performer) => performer.id === id)
  }
  domain(domainId: DomainId): TrainedDomain | undefined {
    return this.#domains.find((domain) => domain.id === domainId)
  }
  emotion(emotionId: string): Emotion | undefined {
    return this.emotions.find((emotion) => emotion.id === emotionId)
  }
  /** Why a name cannot be given to a new singer; null when it can. */
  problemOfName(name: string): string | null {
    const wanted = name.trim().toLocaleLowerCase()
    if (wanted === '') return null
    const isTaken = this.#singers.some((singer) => singer.name.toLocaleLowerCase() === wanted)
    return isTaken ? say.state.singerIsHere(name.trim()) : null
  }
  /** The hue that the fewest singers have, in the order in which hues are given out. */
  readonly freeHueIndex = $derived.by(() => {
    const uses = Array.from({ length: 8 }, (_, hue) => this.#singers.filter((s) => s.hueIndex === hue).length)
    return uses.indexOf(Math.min(...uses))
  })

  rename = (singerId: SingerId, name: string): Promise<unknown> => this.#call('singer:rename', { singerId, name })
  remove = (singerId: SingerId): Promise<unknown> => this.#call('singer:remove', { singerId })
  exportTo = (singerId: SingerId, path: string): Promise<{ path: string }> =>
    this.#call('singer:export', { singerId, path })
  importFrom = (file: FileReference): Promise<Singer> => this.#call('singer:import', { file })

  removeEmotions = (modelId: EmotionModelId): Promise<unknown> => this.#call('emotion:remove', { modelId })
  exportEmotions = (modelId: EmotionModelId, path: string): Promise<{ path: string }> =>
    this.#call('emotion:export', { modelId, path })
  importEmotions = (file: FileReference): Promise<TrainedEmotions> => this.#call('emotion:import', { file })

  exportDomain = (domainId: DomainId, path: string): Promise<{ path: string }> =>
    this.#call('domain:export', { domainId, path })
  importDomain = (file: FileReference): Promise<TrainedDomain> => this.#call('domain:import', { file })
  removeDomain = (domainId: DomainId): Promise<unknown> => this.#call('domain:remove', { domainId })

  exportVocoder = (vocoderId: VocoderId, path: string): Promise<{ path: string }> =>
    this.#call('vocoder:export', { vocoderId, path })
  importVocoder = (file: FileReference): Promise<TrainedVocoder> => this.#call('vocoder:import', { file })
  removeVocoder = (vocoderId: VocoderId): Promise<unknown> => this.#call('vocoder:remove', { vocoderId })

  async #loadEmotions(): Promise<void> {
    try {
      this.#emotionModels = await this.#call('emotion:list', {})
    } catch {
      // The list that was known stands; the next change asks again.
    }
  }

  async #loadVocoders(): Promise<void> {
    try {
      this.#vocoders = await this.#call('vocoder:list', {})
    } catch {
      // As above.
    }
  }

  async #loadDomains(): Promise<void> {
    try {
      this.#domains = await this.#call('domain:list', {})
    } catch {
      // As above.
    }
  }

  async watch(folder: string | null): Promise<void> {
    await this.#call('watch:choose', { folder })
    const watch = await this.#call('watch:describe', {})
    this.#watchFolder = watch.folder
    this.#newFiles = watch.newFiles
  }
}

/** Whether a model learns is told by its list, which its end changes. */
const isEndOf = (learned: 'emotion' | 'vocoder' | 'domain', { kind, subject, state }: Job): boolean =>
  kind === 'train' && subject.kind === learned && state !== 'running' && state !== 'queued'
