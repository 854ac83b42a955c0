import { changePerformance } from '../../../shared/project/edits/performance.ts'
import { changeRegions } from '../../../shared/project/edits/regions.ts'
import type { Region } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Acts } from './command.ts'
import { idsOf, regionsNamed } from '../labels.ts'

/** One press of Alt and an arrow. */
const INTENSITY_STEP = 0.05

export function voiceCommands(editor: Editor): Acts {
  const { transport } = editor
  const sung = (): readonly Region[] => editor.chosenRegions.filter((region) => region.performance !== null)
  /** A comparison without names must not be given away. */
  const isOpenly = (): boolean => !editor.blindTest.isRunning
  return {
    convert: command(
      () => void convertChosen(editor),
      () => sung().length > 0,
    ),
    'convert-stale': command(() => void editor.conversions.convert(editor.unconvertedRegions)),
    'cancel-conversion': command(
      () => void editor.conversions.cancel(idsOf(sung())),
      () => sung().some((region) => ['queued', 'converting'].includes(editor.stateOf(region.id).kind)),
    ),
    compare: command(() => compare(editor), isOpenly),
    'compare-all': command(
      () => transport.listenTo(transport.listensTo === 'original' ? 'converted' : 'original'),
      isOpenly,
    ),
    'compare-blindly': command(
      () => (editor.blindTest.isRunning ? editor.blindTest.end() : editor.blindTest.start()),
      () => Object.values(editor.session.project.regions).some((region) => region.render !== null),
    ),
    'hear-emotion': command(
      () => hearEmotion(editor),
      () => isEmotional(editor),
    ),
    'intensity-up': command(
      () => changeIntensity(editor, INTENSITY_STEP),
      () => sung().length > 0,
    ),
    'intensity-down': command(
      () => changeIntensity(editor, -INTENSITY_STEP),
      () => sung().length > 0,
    ),
    'singer-menu': command(
      () => editor.requestMenu('singer'),
      () => editor.chosenRegions.length > 0,
    ),
    'emotion-menu': command(
      () => editor.requestMenu('emotion'),
      () => sung().length > 0,
    ),
    'context-menu': command(() => editor.requestMenu('region')),
    'ruler-menu': command(() => editor.requestMenu('ruler')),
    'mute-track': command(() => editor.changeFocusedTrack('isMuted')),
    'solo-track': command(() => editor.changeFocusedTrack('isSoloed')),
    'new-singer-track': command(() => editor.requestMenu('new-track')),
  }
}

async function convertChosen(editor: Editor): Promise<void> {
  const regions = editor.chosenRegions.filter((region) => region.performance !== null)
  if (regions.length === 0) return editor.host.say(say.state.nothingToConvert)
  const wanting = regions.filter((region) => editor.stateOf(region.id).kind !== 'converted')
  if (wanting.length === 0) return editor.host.say(say.state.alreadyConverted)
  await editor.conversions.convert(wanting)
}

/** The selected regions, or the whole song when none is selected. */
function compare(editor: Editor): void {
  const regions = editor.selection.regions(editor.session.project).filter((region) => region.render !== null)
  if (regions.length === 0)
    return editor.transport.listenTo(editor.transport.listensTo === 'original' ? 'converted' : 'original')
  const heard = regions.every((region) => region.heard === 'original') ? 'converted' : 'original'
  editor.session.edit(
    say.edits[heard === 'original' ? 'hearOriginalOf' : 'hearConvertedOf'](regionsNamed(regions)),
    (project) => changeRegions(project, idsOf(regions), { heard }),
  )
}

/** One region is heard at a time. */
const isEmotional = (editor: Editor): boolean =>
  editor.chosenRegions.length === 1 &&
  editor.chosenRegions.some(({ performance }) => performance !== null && performance.emotion.emotionId !== 'neutral')

function hearEmotion({ chosenRegions: [region], emotionHearing }: Editor): void {
  if (emotionHearing.intensity !== null) emotionHearing.stop()
  else void emotionHearing.hearInTurn(region)
}

function changeIntensity(editor: Editor, by: number): void {
  const regions = editor.chosenRegions.filter((region) => region.performance !== null)
  editor.session.edit(say.edits.intensityOf(regionsNamed(regions)), (project) =>
    changePerformance(project, idsOf(regions), (performance) => ({
      ...performance,
      emotion: { ...performance.emotion, intensity: steppedIntensity(performance.emotion.intensity, by) },
    })),
  )
}

/** In whole percent, so that presses reach exactly 0, 1 and the most there is. */
const steppedIntensity = (intensity: number, by: number): number =>
  Math.min(150, Math.max(0, Math.round((intensity + by) * 100))) / 100
