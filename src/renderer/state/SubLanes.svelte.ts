import type { RegionId, TrackId } from '../../shared/base/id.ts'
import { curveOf, curveParameters, hasParameter, type CurveParameter } from '../../shared/project/curve-parameters.ts'
import type { CopiedCurve } from '../../shared/project/edits/curves.ts'
import type { Region, Track } from '../../shared/project/model.ts'

export const CURVE_LANE_PX = 56
export const TAKE_LANE_PX = 40

/** How a press on a curve's lane is meant. */
export type CurveTool = 'points' | 'line' | 'draw'

/** The corner that the keyboard is on. */
export interface FocusedPoint {
  readonly regionId: RegionId
  readonly parameter: CurveParameter
  readonly index: number
}

/** What stands below a track: the lanes of its curves and of its takes. A way of looking, not part of the document. */
export class SubLanes {
  showsCurves: boolean = $state(false)
  showsTakes: boolean = $state(false)
  tool: CurveTool = $state('points')
  focusedPoint: FocusedPoint | null = $state.raw(null)
  /** Counts up when the keyboard should move to `focusedPoint`. */
  pointRequest: number = $state(0)
  copied: CopiedCurve | null = $state.raw(null)
  /** Lanes that were chosen by hand; a track without a choice shows what is drawn, or the intensity. */
  #chosen: ReadonlyMap<TrackId, readonly CurveParameter[]> = $state.raw(new Map())

  /** The curves that have a lane below a track, in the order of the parameters. */
  curvesOf(track: Track, regions: readonly Region[]): readonly CurveParameter[] {
    if (!this.showsCurves || track.kind === 'source') return []
    const chosen = this.#chosen.get(track.id)
    if (chosen) return curveParameters.filter((parameter) => chosen.includes(parameter))
    const offered = parametersOf(track, regions)
    const drawn = offered.filter((parameter) => regions.some((region) => isDrawn(region, parameter)))
    return drawn.length > 0 ? drawn : offered.slice(0, 1)
  }

  /** Numbers of the takes that have a lane below a track; none where no region has two to choose from. */
  takesOf(track: Track, regions: readonly Region[]): readonly number[] {
    if (!this.showsTakes || track.kind === 'source') return []
    const numbers = regions.flatMap((region) => region.takes.map((take) => take.number))
    return [...new Set(numbers)].sort((a, b) => a - b)
  }

  heightPxOf(track: Track, regions: readonly Region[]): number {
    return this.curvesOf(track, regions).length * CURVE_LANE_PX + this.takesOf(track, regions).length * TAKE_LANE_PX
  }

  /** Shows a curve's lane, or puts it away; without its last lane a track shows none. */
  toggleCurve(track: Track, regions: readonly Region[], parameter: CurveParameter): void {
    const shown = this.showsCurves ? this.curvesOf(track, regions) : []
    const next = shown.includes(parameter) ? shown.filter((one) => one !== parameter) : [...shown, parameter]
    this.#chosen = new Map([...this.#chosen, [track.id, next]])
    this.showsCurves = true
  }

  showCurve(track: Track, regions: readonly Region[], parameter: CurveParameter): void {
    if (!this.showsCurves || !this.curvesOf(track, regions).includes(parameter))
      this.toggleCurve(track, regions, parameter)
  }

  focusPoint(point: FocusedPoint): void {
    this.focusedPoint = point
    this.pointRequest++
  }
}

const isDrawn = ({ performance }: Region, parameter: CurveParameter): boolean =>
  performance !== null && curveOf(performance, parameter) !== null

/**
 * The parameters that a track's regions have: every one, but a blend only where another singer is mixed in; of what an
 * instrument plays, its pitch alone.
 */
export const parametersOf = ({ kind }: Pick<Track, 'kind'>, regions: readonly Region[]): readonly CurveParameter[] =>
  kind === 'instrument'
    ? ['transposition']
    : curveParameters.filter(
        (parameter) =>
          !parameter.startsWith('blend') ||
          regions.some(({ performance }) => performance !== null && hasParameter(performance, parameter)),
      )
