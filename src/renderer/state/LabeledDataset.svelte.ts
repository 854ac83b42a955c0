import type { Failure } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { Result } from '../../shared/base/result.ts'
import type { LabeledClip, LabeledRecording } from '../../shared/contract/emotions.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import { say } from '../messages/say.svelte.ts'
import { Dataset } from './Dataset.svelte.ts'
import { emotionWord } from './emotion-labels.ts'

/** Whether anything can be learned from labels, and which emotions: the trainer's own check (shared/training). */
export type CheckLabels = (
  labels: readonly { readonly path: string; readonly emotion: string; readonly person: string }[],
  wanted: readonly string[] | null,
) => Result<readonly string[]>

interface Label {
  readonly path: string
  readonly emotion: string
  readonly person: string
  /** Another emotion that the same recording is labeled with: one of the two is wrong. */
  readonly alsoAs: string | null
}

/** Clips with their emotions and people, and what is said of each. */
export class LabeledDataset {
  readonly #checkLabels: CheckLabels
  /** Verdicts and what the person says of them. */
  readonly dataset = new Dataset(new Set(['other-singer']))
  #labels: ReadonlyMap<SourceId, Label> = $state.raw(new Map())

  constructor(checkLabels: CheckLabels) {
    this.#checkLabels = checkLabels
  }

  get clips(): readonly ClipVerdict[] {
    return this.dataset.clips
  }

  /** Verdicts of recordings, in the same order. */
  take(verdicts: readonly ClipVerdict[], recordings: readonly LabeledRecording[]): void {
    this.dataset.take(verdicts)
    const labels = new Map(this.#labels)
    for (const [index, { clipId }] of verdicts.entries()) {
      const { path, emotion, person } = recordings[index]
      const known = labels.get(clipId)
      const alsoAs = known && known.emotion !== emotion ? known.emotion : (known?.alsoAs ?? null)
      labels.set(clipId, { path, emotion, person, alsoAs })
    }
    this.#labels = labels
  }
  clear(): void {
    this.dataset.clear()
    this.#labels = new Map()
  }

  labelOf(clip: ClipVerdict): Label | undefined {
    return this.#labels.get(clip.clipId)
  }
  /** The person knows better than the folder. */
  relabel(clip: ClipVerdict, emotion: string): void {
    const known = this.labelOf(clip)
    if (known) this.#labels = new Map(this.#labels).set(clip.clipId, { ...known, emotion, alsoAs: null })
  }
  /** What is wrong with its label; null where nothing is. */
  faultOf(clip: ClipVerdict): string | null {
    const label = this.labelOf(clip)
    return label && label.alsoAs !== null
      ? say.state.labeledTwice(emotionWord(label.alsoAs), emotionWord(label.emotion))
      : null
  }
  isUsed(clip: ClipVerdict): boolean {
    return this.dataset.isUsed(clip) && this.faultOf(clip) === null
  }

  /** What a training is given. */
  readonly used: readonly LabeledClip[] = $derived.by(() =>
    this.clips.flatMap((clip) => {
      const label = this.labelOf(clip)
      if (label === undefined || !this.isUsed(clip)) return []
      return [{ clipId: clip.clipId, fileName: label.path, emotion: label.emotion, person: label.person }]
    }),
  )
  /** Of all clips, used or not, by name. */
  readonly emotions = $derived([...new Set([...this.#labels.values()].map(({ emotion }) => emotion))].toSorted())
  /** Who is in it; the empty name where nobody was told. */
  readonly people = $derived([...new Set([...this.#labels.values()].map(({ person }) => person))].toSorted())
  /** Clips that are used, by emotion and person. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>> = $derived.by(() => {
    const counts = new Map<string, Map<string, number>>()
    for (const { emotion, person } of this.used) {
      const own = counts.get(emotion) ?? new Map<string, number>()
      counts.set(emotion, own.set(person, (own.get(person) ?? 0) + 1))
    }
    return counts
  })
  countOf(emotion: string, person?: string): number {
    const own = this.counts.get(emotion)
    if (person !== undefined) return own?.get(person) ?? 0
    return [...(own?.values() ?? [])].reduce((sum, count) => sum + count, 0)
  }
  readonly usedSec = $derived.by(() => {
    const used = new Set(this.used.map(({ clipId }) => clipId))
    return this.clips.reduce((sum, clip) => sum + (used.has(clip.clipId) ? clip.durationSec : 0), 0)
  })
  /** Why nothing can be learned from what is used; null where something can, and where nothing was read yet. */
  readonly problem: Failure | null = $derived.by(() => {
    if (this.clips.length === 0) return null
    const checked = this.#checkLabels(
      this.used.map(({ fileName, emotion, person }) => ({ path: fileName, emotion, person })),
      null,
    )
    return checked.ok ? null : checked.failure
  })
}
