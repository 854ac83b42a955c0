import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { SourceId } from '../../shared/base/id.ts'
import { automaticSemitones } from '../../shared/conversion/automatic-transposition.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { ApplicationEvent, Call } from '../../shared/contract/verbs.ts'
import { curveValue } from '../../shared/project/curve.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { rangeExcess, type PitchOutline, type RangeExcess } from '../../shared/project/pitch-outline.ts'

/** Which notes the song's sources hold, and where a region asks for more than its singer has. */
export class RangeMarks {
  readonly #call: Call
  readonly #outlines = new SvelteMap<SourceId, PitchOutline>()
  readonly #asked = new SvelteSet<SourceId>()

  constructor(call: Call) {
    this.#call = call
  }

  outlineOf(sourceId: SourceId): PitchOutline | undefined {
    return this.#outlines.get(sourceId)
  }

  /** Asks for what is not known yet; the rest follows as events. Marks are a help: without them nothing fails. */
  async ask({ id, sources }: Project): Promise<void> {
    const missing = Object.values(sources)
      .map((source) => source.id)
      .filter((sourceId) => !this.#asked.has(sourceId))
    if (missing.length === 0) return
    for (const sourceId of missing) this.#asked.add(sourceId)
    const known = await this.#call('project:pitchOutlines', { projectId: id, sourceIds: missing }).catch(() => [])
    for (const { sourceId, outline } of known) this.#outlines.set(sourceId, outline)
  }

  receive(event: ApplicationEvent): void {
    if (event.kind === 'pitch-outlined') this.#outlines.set(event.sourceId, event.outline)
  }

  /** Null where everything is within reach, or where that is not known. */
  excessOf(region: Region, rateHz: number, singers: readonly Singer[]): RangeExcess | null {
    const { performance } = region
    const outline = this.#outlines.get(region.sourceId)
    const singer = singers.find((one) => one.id === performance?.singerId)
    const usable = singer?.range?.usable
    if (performance === null || outline === undefined || singer === undefined || !usable) return null
    const constant = semitonesOf(region, outline, singer)
    const curve = performance.curves.transposition
    const startSec = region.sourceStartSamples / rateHz
    return rangeExcess(
      outline,
      { startSec, endSec: startSec + region.durationSamples / rateHz },
      (sec) => constant + (curve === null ? 0 : curveValue(curve, sec * rateHz)),
      usable,
    )
  }
}

/** What the conversion will move it by. */
function semitonesOf(
  { performance, render }: Region,
  { medianLog2F0, isSung }: PitchOutline,
  { medianHz, range }: Singer,
): number {
  if (performance?.transposition.kind === 'semitones') return performance.transposition.semitones
  // What was rendered is known better than what is expected.
  if (render !== null && render.performance.transposition.kind === 'auto') return render.semitones
  const singer = { medianLog2F0: Math.log2(medianHz), isSung: range?.isSung ?? true }
  return automaticSemitones({ medianLog2F0, isSung }, singer)
}
