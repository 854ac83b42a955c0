import { crossfadeRegions, neighborPairs } from '../../../shared/project/edits/crossfades.ts'
import { changeRegions } from '../../../shared/project/edits/regions.ts'
import { changeTrack, moveTrack } from '../../../shared/project/edits/tracks.ts'
import type { Project, Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { secondsToSamples } from '../../../shared/units/time.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Commands } from './command.ts'
import { idsOf, labelled } from '../labels.ts'

/** Long enough that no join is heard, short enough that no syllable is sung twice. */
const CROSSFADE_SEC = 0.01

/** Fades, crossfades and the order of the lanes: what a drag does, without a drag. */
export function arrangeCommands(editor: Editor): Commands {
  const { session, transport } = editor
  const crossed = (): readonly Region[] =>
    editor.chosenRegions.filter(
      (region) => transport.positionSamples > region.startSamples && transport.positionSamples < regionEnd(region),
    )
  const fade = (label: string, change: (project: Project, region: Region) => Project) =>
    command(
      label,
      () => {
        const regions = crossed()
        session.edit(labelled('Fade', regions), (project) => regions.reduce(change, project))
      },
      () => crossed().length > 0,
    )
  return {
    'fade-in-to-playhead': fade('Fade in to the playhead', (project, region) =>
      changeRegions(project, [region.id], { fadeInSamples: transport.positionSamples - region.startSamples }),
    ),
    'fade-out-from-playhead': fade('Fade out from the playhead', (project, region) => {
      const fadeOutSamples = regionEnd(region) - transport.positionSamples
      const fadeInSamples = Math.min(region.fadeInSamples, region.durationSamples - fadeOutSamples)
      return changeRegions(project, [region.id], { fadeInSamples, fadeOutSamples })
    }),
    'no-fades': command(
      'No fades',
      () => {
        const regions = editor.chosenRegions
        session.edit(labelled('No fades on', regions), (project) =>
          changeRegions(project, idsOf(regions), { fadeInSamples: 0, fadeOutSamples: 0 }),
        )
      },
      () => editor.chosenRegions.some((region) => region.fadeInSamples + region.fadeOutSamples > 0),
    ),
    crossfade: command(
      'Crossfade with the neighbor',
      () => {
        const regions = editor.chosenRegions
        const length = secondsToSamples(CROSSFADE_SEC, session.project.rateHz)
        session.edit(labelled('Crossfade', regions), (project) => crossfadeRegions(project, idsOf(regions), length))
      },
      () => neighborPairs(session.project, idsOf(editor.chosenRegions)).length > 0,
    ),
    'track-up': command(
      'Move the track up',
      () => moveFocusedTrack(editor, -1),
      () => editor.focusedTrack !== null,
    ),
    'track-down': command(
      'Move the track down',
      () => moveFocusedTrack(editor, 1),
      () => editor.focusedTrack !== null,
    ),
  }
}

function moveFocusedTrack({ focusedTrack, session }: Editor, direction: 1 | -1): void {
  if (!focusedTrack) return
  const { tracks } = session.project
  const index = tracks.indexOf(focusedTrack) + direction
  if (index < 0 || index >= tracks.length) return
  session.edit(`Move track ${focusedTrack.name}`, (project) => moveTrack(project, focusedTrack.id, index))
}

/** Null gives back the color of who sings, or of the track. */
export function colorRegions(editor: Editor, regions: readonly Region[], hueIndex: number | null): void {
  editor.session.edit(labelled('Color', regions), (project) => changeRegions(project, idsOf(regions), { hueIndex }))
}

export const colorTrack = (
  { session }: Editor,
  trackId: Parameters<typeof changeTrack>[1],
  hueIndex: number | null,
): void => session.edit('Color the track', (project) => changeTrack(project, trackId, { hueIndex }))
