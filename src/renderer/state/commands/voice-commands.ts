import { changePerformance } from '../../../shared/project/edits/performance.ts'
import { changeRegions } from '../../../shared/project/edits/regions.ts'
import type { Region } from '../../../shared/project/model.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Commands } from './command.ts'
import { idsOf, labelled } from '../labels.ts'

/** One press of Alt and an arrow. */
const INTENSITY_STEP = 0.05

export function voiceCommands(editor: Editor): Commands {
  const { transport } = editor
  const sung = (): readonly Region[] => editor.chosenRegions.filter((region) => region.performance !== null)
  /** A comparison without names must not be given away. */
  const isOpenly = (): boolean => !editor.blindTest.isRunning
  return {
    convert: command(
      'Convert',
      () => void convertChosen(editor),
      () => sung().length > 0,
    ),
    'convert-stale': command(
      'Convert everything out of date',
      () => void editor.conversions.convert(editor.unconvertedRegions),
    ),
    'cancel-conversion': command(
      'Stop converting',
      () => void editor.conversions.cancel(idsOf(sung())),
      () => sung().some((region) => ['queued', 'converting'].includes(editor.stateOf(region.id).kind)),
    ),
    compare: command('Hear the original or the converted', () => compare(editor), isOpenly),
    'compare-all': command(
      'Hear all as original or converted',
      () => transport.listenTo(transport.listensTo === 'original' ? 'converted' : 'original'),
      isOpenly,
    ),
    'compare-blindly': command(
      'Compare blindly',
      () => (editor.blindTest.isRunning ? editor.blindTest.end() : editor.blindTest.start()),
      () => Object.values(editor.session.project.regions).some((region) => region.render !== null),
    ),
    'intensity-up': command(
      'More intensity',
      () => changeIntensity(editor, INTENSITY_STEP),
      () => sung().length > 0,
    ),
    'intensity-down': command(
      'Less intensity',
      () => changeIntensity(editor, -INTENSITY_STEP),
      () => sung().length > 0,
    ),
    'singer-menu': command(
      'Sing with…',
      () => editor.requestMenu('singer'),
      () => editor.chosenRegions.length > 0,
    ),
    'emotion-menu': command(
      'Emotion…',
      () => editor.requestMenu('emotion'),
      () => sung().length > 0,
    ),
    'context-menu': command('Menu', () => editor.requestMenu('region')),
    'ruler-menu': command('Menu of the ruler', () => editor.requestMenu('ruler')),
    'mute-track': command('Mute track', () => editor.changeFocusedTrack('isMuted')),
    'solo-track': command('Solo track', () => editor.changeFocusedTrack('isSoloed')),
    'new-singer-track': command('New singer track…', () => editor.requestMenu('new-track')),
  }
}

async function convertChosen(editor: Editor): Promise<void> {
  const regions = editor.chosenRegions.filter((region) => region.performance !== null)
  if (regions.length === 0)
    return editor.host.say('Nothing to convert: choose regions on a singer track, or give them a singer with G.')
  const wanting = regions.filter((region) => editor.stateOf(region.id).kind !== 'converted')
  if (wanting.length === 0)
    return editor.host.say('Already converted: change the singer, the emotion or the pitch for another sound.')
  await editor.conversions.convert(wanting)
}

/** The selected regions, or the whole song when none is selected. */
function compare(editor: Editor): void {
  const regions = editor.selection.regions(editor.session.project).filter((region) => region.render !== null)
  if (regions.length === 0)
    return editor.transport.listenTo(editor.transport.listensTo === 'original' ? 'converted' : 'original')
  const heard = regions.every((region) => region.heard === 'original') ? 'converted' : 'original'
  editor.session.edit(labelled(`Hear the ${heard} of`, regions), (project) =>
    changeRegions(project, idsOf(regions), { heard }),
  )
}

function changeIntensity(editor: Editor, by: number): void {
  const regions = editor.chosenRegions.filter((region) => region.performance !== null)
  editor.session.edit(labelled('Intensity of', regions), (project) =>
    changePerformance(project, idsOf(regions), (performance) => ({
      ...performance,
      emotion: { ...performance.emotion, intensity: steppedIntensity(performance.emotion.intensity, by) },
    })),
  )
}

/** In whole percent, so that presses reach exactly 0, 1 and the most there is. */
const steppedIntensity = (intensity: number, by: number): number =>
  Math.min(150, Math.max(0, Math.round((intensity + by) * 100))) / 100
