import type { Project, Region } from '../../../shared/project/model.ts'
import { regionsOfTrack } from '../../../shared/project/queries.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'

/** The keyboard's way through the grid: arrows move the focus, Shift extends the selection. */
export function focusCommands(editor: Editor): Acts {
  const move = (along: 1 | -1 | 0, across: 1 | -1 | 0, isExtending: boolean): void => {
    const next = nextRegion(editor.session.project, editor.focusedRegion, along, across)
    if (!next) {
      const trackId = nextTrackId(editor, across)
      if (trackId) editor.selection.focusTrack(trackId)
      return
    }
    editor.focusRegion(next)
    if (isExtending) editor.selection.extendTo(next.id, editor.session.project)
  }
  const steps = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const
  const moves = Object.entries(steps).flatMap(([name, [along, across]]) => [
    [`focus-${name}`, command(() => move(along, across, false))] as const,
    [`extend-${name}`, command(() => move(along, across, true))] as const,
  ])
  return {
    ...Object.fromEntries(moves),
    'select-focused': command(() => {
      if (editor.focusedRegion) editor.selection.select([editor.focusedRegion.id])
    }),
    'toggle-focused': command(() => {
      if (editor.focusedRegion) editor.selection.toggle(editor.focusedRegion.id)
    }),
  }
}

/** The neighbor in time on the lane, or the nearest in time on the next lane that has regions. */
export function nextRegion(
  project: Project,
  from: Region | null,
  along: 1 | -1 | 0,
  across: 1 | -1 | 0,
): Region | null {
  if (!from) return project.tracks.flatMap((track) => regionsOfTrack(project, track.id))[0] ?? null
  if (along !== 0) {
    const lane = regionsOfTrack(project, from.trackId)
    return lane[lane.findIndex((region) => region.id === from.id) + along] ?? null
  }
  const start = project.tracks.findIndex((track) => track.id === from.trackId)
  for (let index = start + across; project.tracks[index]; index += across) {
    const lane = regionsOfTrack(project, project.tracks[index].id)
    if (lane.length > 0) return nearestRegion(lane, from)
  }
  return null
}

const middle = (region: Region): number => region.startSamples + region.durationSamples / 2

export const nearestRegion = (lane: readonly Region[], from: Region): Region =>
  lane.reduce((best, region) =>
    Math.abs(middle(region) - middle(from)) < Math.abs(middle(best) - middle(from)) ? region : best,
  )

function nextTrackId({ session, selection }: Editor, across: 1 | -1 | 0) {
  const { tracks } = session.project
  const index = tracks.findIndex((track) => track.id === selection.focusedTrackId)
  return across === 0 ? null : (tracks[index + across]?.id ?? null)
}
