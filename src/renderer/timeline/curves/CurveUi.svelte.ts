import type { RegionId } from '../../../shared/base/id.ts'
import type { CurvePoint } from '../../../shared/project/curve.ts'

/** What a lane shows while a pointer is on it. */
export class CurveUi {
  /** The value under the pointer, in words, and where they stand. */
  readOut: { readonly xPx: number; readonly yPx: number; readonly text: string } | null = $state.raw(null)
  /** The first end of a line that is drawn with two clicks. */
  lineStart: { readonly regionId: RegionId; readonly point: CurvePoint } | null = $state.raw(null)
}
