import type { RegionId, TrackId } from '../../shared/base/id.ts'
import type { Samples } from '../../shared/units/time.ts'

/** A region as it would lie if the drag ended now. */
export interface Ghost {
  readonly id: RegionId
  readonly trackId: TrackId | null
  readonly startSamples: Samples
  readonly durationSamples: Samples
  /** "Mira – sad 60 %", or the region's name. */
  readonly label: string
  /** CSS color of who would sing. */
  readonly color: string
}

/** A rectangle in pixels of the lanes: x from the left edge of the lanes, y from the top of the first lane. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a running gesture shows; nothing of it is in the document. */
export class TimelineUi {
  ghosts: readonly Ghost[] = $state.raw([])
  /** Why the drag can't end here; null when it can. */
  refusal: string | null = $state(null)
  /** Where the grid holds what is dragged. */
  snapLineSamples: Samples | null = $state(null)
  marquee: PixelBox | null = $state.raw(null)
  /** The lane under a drag; `new` is the free space below the lanes. */
  targetTrackId: TrackId | 'new' | null = $state(null)
  isGesturing: boolean = $state(false)

  clear(): void {
    this.ghosts = []
    this.refusal = null
    this.snapLineSamples = null
    this.marquee = null
    this.targetTrackId = null
    this.isGesturing = false
  }
}
