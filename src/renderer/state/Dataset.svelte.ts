import type { SourceId } from '../../shared/base/id.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import type { ClipFault, ClipFinding } from '../../shared/screening/finding.ts'
import type { ClipSlice } from '../../shared/screening/slices.ts'

/** What no wish can make fit: there is nothing in it to learn from. */
const hopeless: ReadonlySet<string> = new Set(['broken', 'too-short', 'silent'])

/** The clips that a singer will learn from: what the doctor says of each, and what the person says of it. */
export class Dataset {
  readonly #overlooked: ReadonlySet<ClipFault>
  #clips: readonly ClipVerdict[] = $state.raw([])
  /** Clips that the person decided about otherwise than the doctor. */
  #wishes: ReadonlyMap<SourceId, boolean> = $state.raw(new Map())
  /** Slices that are left out, by their start. */
  #leftOut: ReadonlyMap<SourceId, ReadonlySet<number>> = $state.raw(new Map())

  /** @param overlooked what is no fault here, such as several people in clips of emotions */
  constructor(overlooked: ReadonlySet<ClipFault> = new Set()) {
    this.#overlooked = overlooked
  }

  get clips(): readonly ClipVerdict[] {
    return this.#clips
  }
  /** New verdicts replace earlier ones of the same clip where they stand; a clip that was given twice is there once. */
  take(verdicts: readonly ClipVerdict[]): void {
    const next = new Map(this.#clips.map((clip) => [clip.clipId, clip]))
    const isNew = new Set<SourceId>()
    for (const verdict of verdicts) {
      if (isNew.has(verdict.clipId)) continue
      isNew.add(verdict.clipId)
      next.set(verdict.clipId, verdict)
    }
    this.#clips = [...next.values()]
  }
  remove(clipId: SourceId): void {
    this.#clips = this.#clips.filter((clip) => clip.clipId !== clipId)
  }
  clear(): void {
    this.#clips = []
    this.#wishes = new Map()
    this.#leftOut = new Map()
  }

  /** Whether it is the person's to decide. */
  canUse(clip: ClipVerdict): boolean {
    return this.#isKept(clip) || (clip.durationSec > 0 && !clip.findings.some(({ fault }) => hopeless.has(fault)))
  }
  isUsed(clip: ClipVerdict): boolean {
    return this.canUse(clip) && (this.#wishes.get(clip.clipId) ?? this.#isKept(clip))
  }
  toggle(clip: ClipVerdict): void {
    this.#wishes = new Map(this.#wishes).set(clip.clipId, !this.isUsed(clip))
  }
  isSliceUsed(clip: ClipVerdict, { startSec }: ClipSlice): boolean {
    return this.#leftOut.get(clip.clipId)?.has(startSec) !== true
  }
  /** The last slice stays: a clip without any is skipped as a whole. */
  toggleSlice(clip: ClipVerdict, { startSec }: ClipSlice): void {
    const own = new Set(this.#leftOut.get(clip.clipId))
    if (!own.delete(startSec)) own.add(startSec)
    if (own.size < clip.slices.length) this.#leftOut = new Map(this.#leftOut).set(clip.clipId, own)
  }

  /** Whether it speaks against learning from a clip, here. */
  isGrave({ isSevere, fault }: ClipFinding): boolean {
    return isSevere && !this.#overlooked.has(fault)
  }
  readonly used = $derived(this.#clips.filter((clip) => this.isUsed(clip)))
  /** Seconds of voice in the slices that are used. */
  readonly usableSec = $derived(
    this.used.reduce((sum, clip) => sum + clip.durationSec * clip.voicedFraction * this.#usedShare(clip), 0),
  )
  /** What is learned from of each clip of which the person left something out. */
  readonly slices = $derived(
    Object.fromEntries(
      this.used
        .filter((clip) => this.#leftOut.get(clip.clipId)?.size)
        .map((clip) => [clip.clipId, clip.slices.filter((slice) => this.isSliceUsed(clip, slice))]),
    ),
  )
  /** Seconds of voice per MIDI note over the clips that are used. */
  readonly coverage = $derived.by(() => {
    const seconds = new Map<number, number>()
    for (const clip of this.used) {
      for (const [note, sec] of Object.entries(clip.secondsPerNote)) {
        seconds.set(Number(note), (seconds.get(Number(note)) ?? 0) + sec)
      }
    }
    return seconds
  })
  readonly rangeHz = $derived.by(() => {
    const lowest = this.used.flatMap((clip) => clip.lowestHz ?? [])
    const highest = this.used.flatMap((clip) => clip.highestHz ?? [])
    return lowest.length === 0 ? null : { lowestHz: Math.min(...lowest), highestHz: Math.max(...highest) }
  })

  #isKept({ isKept, findings, durationSec }: ClipVerdict): boolean {
    if (isKept || this.#overlooked.size === 0) return isKept
    return durationSec > 0 && !findings.some((finding) => this.isGrave(finding))
  }

  #usedShare(clip: ClipVerdict): number {
    const lengthOf = (slices: readonly ClipSlice[]) =>
      slices.reduce((sum, { startSec, endSec }) => sum + endSec - startSec, 0)
    const whole = lengthOf(clip.slices)
    return whole === 0 ? 1 : lengthOf(clip.slices.filter((slice) => this.isSliceUsed(clip, slice))) / whole
  }
}
