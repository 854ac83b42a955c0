import type { JobId, SourceId } from '../../shared/base/id.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import { Dataset } from './Dataset.svelte.ts'

/** Recordings that are learned from apart from others': of a domain of music, of a person. */
export class RecordingDraft {
  /** Tells drafts apart before they have a name. */
  readonly id: number
  name = $state('')
  inspectId: JobId | null = $state(null)
  readonly dataset: Dataset

  /** @param overlooked what is no fault here */
  constructor(id: number, overlooked: ReadonlySet<ClipFault>) {
    this.id = id
    this.dataset = new Dataset(overlooked)
  }

  readonly recordedSec = $derived.by(() => this.dataset.used.reduce((sum, { durationSec }) => sum + durationSec, 0))
  readonly recordings: readonly { readonly clipId: SourceId; readonly fileName: string }[] = $derived.by(() =>
    this.dataset.used.map(({ clipId, fileName }) => ({ clipId, fileName })),
  )
}
