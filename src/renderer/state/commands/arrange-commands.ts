import { crossfadeRegions, neighborPairs } from '../../../shared/project/edits/crossfades.ts'
import { changeRegions } from '../../../shared/project/edits/regions.ts'
import { changeTrack, moveTrack } from '../../../shared/project/edits/tracks.ts'
import type { Project, Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { secondsToSamples } from '../../../shared/units/time.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'
import { idsOf, regionsNamed } from '../labels.ts'

/** Long enough that no join is heard, short enough that no syllable is sung twice. */
const CROSSFADE_SEC = 0.01

/** Fades, crossfades and the order of the lanes: what a drag does, without a drag. */
export function arrangeCommands(editor: Editor): Acts {
  const { session, transport } = editor
  const crossed = (): readonly Region[] =>
    editor.chosenRegions.filter(
      (region) => transport.positionSamples > region.startSamples && transport.positionSamples < regionEnd(region),
    )
  const fade = (change: (project: Project, region: Region) => Project) =>
    command(
      () => {
        const regions = crossed()
        session.edit(say.edits.fade(regionsNamed(regions)), (project) => regions.reduce(change, project))
      },
      () => crossed().length > 0,
    )
  return {
    'fade-in-to-playhead': fade((project, region) =>
      changeRegions(project, [region.id], { fadeInSamples: transport.positionSamples - region.startSamples }),
    ),
    'fade-out-from-playhead': fade((project, region) => {
      const fadeOutSamples = regionEnd(region) - transport.positionSamples
      const fadeInSamples = Math.min(region.fadeInSamples, region.durationSamples - fadeOutSamples)
      return changeRegions(project, [region.id], { fadeInSamples, fadeOutSamples })
    }),
    'no-fades': command(
      () => {
        const regions = editor.chosenRegions
        session.edit(say.edits.noFades(regionsNamed(regions)), (project) =>
          changeRegions(project, idsOf(regions), { fadeInSamples: 0, fadeOutSamples: 0 }),
        )
      },
      () => editor.chosenRegions.some((region) => region.fadeInSamples + region.fadeOutSamples > 0),
    ),
    crossfade: command(
      () => {
        const regions = editor.chosenRegions
        const length = secondsToSamples(CROSSFADE_SEC, session.project.rateHz)
        session.edit(say.edits.crossfade(regionsNamed(regions)), (project) =>
          crossfadeRegions(project, idsOf(regions), length),
        )
      },
      () => neighborPairs(session.project, idsOf(editor.chosenRegions)).length > 0,
    ),
    'track-up': command(
      () => moveFocusedTrack(editor, -1),
      () => editor.focusedTrack !== null,
    ),
    'track-down': command(
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
  session.edit(say.edits.moveTrack(focusedTrack.name), (project) => moveTrack(project, focusedTrack.id, index))
}

/** Null gives back the color of who sings, or of the track. */
export function colorRegions(editor: Editor, regions: readonly Region[], hueIndex: number | null): void {
  editor.session.edit(say.edits.color(regionsNamed(regions)), (project) =>
    changeRegions(project, idsOf(regions), { hueIndex }),
  )
}

export const colorTrack = (
  { session }: Editor,
  trackId: Parameters<typeof changeTrack>[1],
  hueIndex: number | null,
): void => session.edit(say.edits.colorTrack, (project) => changeTrack(project, trackId, { hueIndex }))
