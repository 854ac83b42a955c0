import type { JobId } from '../../shared/base/id.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { Dataset } from './Dataset.svelte.ts'

/** What a training is told of each of its singers. */
type AskedSinger = NonNullable<Request<'singer:train'>['beside']>[number]

/** A singer who is to be learned: who it is, who agreed, and the clips. */
export class SingerDraft {
  /** Tells drafts apart before they have a name. */
  readonly id: number
  name = $state('')
  consent = $state('')
  /** Whose voice it is, by name. */
  owner = $state('')
  ownerAgrees = $state(false)
  /** Null until one was chosen. */
  hueIndex: number | null = $state(null)
  inspectId: JobId | null = $state(null)
  readonly dataset = new Dataset()

  constructor(id: number) {
    this.id = id
  }

  readonly isAgreed = $derived(this.ownerAgrees && this.consent.trim() !== '')
  readonly usedClipIds = $derived.by(() => this.dataset.used.map((clip) => clip.clipId))

  asked(hueIndex: number): AskedSinger {
    const { slices } = this.dataset
    return {
      name: this.name.trim(),
      hueIndex,
      consent: this.consent.trim(),
      ...(this.owner.trim() === '' ? {} : { owner: this.owner.trim() }),
      clipIds: this.usedClipIds,
      ...(Object.keys(slices).length === 0 ? {} : { slices }),
    }
  }
}
