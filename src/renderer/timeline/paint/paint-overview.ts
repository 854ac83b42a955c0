import type { Project } from '../../../shared/project/model.ts'
import { replacedRegionIds } from '../../../shared/project/queries.ts'
import type { Performer } from '../../../shared/contract/library.ts'
import { trackToken } from '../track-color.ts'
import { sized } from './paint-grid.ts'
import { withAlpha } from './colors.ts'
import { tokenColor } from './tokens.ts'

const ROW_PX = 3
const TOP_PX = 2
const PITCH_PX = 4

/** The whole song, one row per track; more tracks than fit share the rows. */
export function paintOverview(
  canvas: HTMLCanvasElement,
  project: Project,
  performers: readonly Performer[],
  songSamples: number,
): void {
  const { width, height } = sized(canvas)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return
  const ratio = window.devicePixelRatio || 1
  context.clearRect(0, 0, width, height)
  const replaced = replacedRegionIds(project)
  const rowCount = Math.max(1, Math.floor((height / ratio - TOP_PX) / PITCH_PX))
  project.tracks.forEach((track, index) => {
    const color = tokenColor(trackToken(track, performers))
    const top = (TOP_PX + (index % rowCount) * PITCH_PX) * ratio
    for (const region of Object.values(project.regions)) {
      if (region.trackId !== track.id) continue
      const left = Math.round((region.startSamples / songSamples) * width)
      const right = Math.round(((region.startSamples + region.durationSamples) / songSamples) * width)
      context.fillStyle = withAlpha(color, region.isMuted || replaced.has(region.id) ? 0.4 : 0.75)
      context.fillRect(left, top, Math.max(2, right - left - 1), ROW_PX * ratio)
    }
  })
}
