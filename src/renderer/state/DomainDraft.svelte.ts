import type { JobId } from '../../shared/base/id.ts'
import { faultsOfVoicesAlone, type DomainTrainingAsked } from '../../shared/contract/domains.ts'
import { Dataset } from './Dataset.svelte.ts'

/** A domain that is to be learned: what it is called, and its recordings. */
export class DomainDraft {
  /** Tells drafts apart before they have a name. */
  readonly id: number
  name = $state('')
  inspectId: JobId | null = $state(null)
  readonly dataset = new Dataset(faultsOfVoicesAlone)

  constructor(id: number) {
    this.id = id
  }

  readonly recordedSec = $derived.by(() => this.dataset.used.reduce((sum, { durationSec }) => sum + durationSec, 0))
  readonly recordings: DomainTrainingAsked['domains'][number]['recordings'] = $derived.by(() =>
    this.dataset.used.map(({ clipId, fileName }) => ({ clipId, fileName })),
  )
}
