import { curveOf, type CurveParameter } from '../../../shared/project/curve-parameters.ts'
import { changeCurve, copyCurve, pasteCurve } from '../../../shared/project/edits/curves.ts'
import type { Region, Track } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import { idsOf, regionsNamed } from '../../state/labels.ts'
import { parameterLabel } from '../../state/curve-words.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import { parametersOf } from '../../state/SubLanes.svelte.ts'
import { menuLine, type MenuItem } from '../../ui/menu.ts'

/** The acts of a curve's lane: on the selected regions of its track, or on all of them. */
export function curveMenu(
  editor: Editor,
  track: Track,
  regions: readonly Region[],
  parameter: CurveParameter,
): readonly MenuItem[] {
  const { session, subLanes, selection } = editor
  const selected = regions.filter((region) => selection.has(region.id))
  const chosen = (selected.length > 0 ? selected : regions).filter((region) => region.performance !== null)
  const drawn = chosen.filter(({ performance }) => performance && curveOf(performance, parameter) !== null)
  const label = parameterLabel(parameter)
  const paste = (): void => {
    const { copied } = subLanes
    if (!copied) return
    session.edit(say.edits.valueOf(label, regionsNamed(chosen)), (project) =>
      pasteCurve(project, idsOf(chosen), parameter, copied),
    )
  }
  const clear = (): void =>
    session.edit(say.edits.clearOf(label, regionsNamed(drawn)), (project) =>
      changeCurve(project, idsOf(drawn), parameter, () => null),
    )
  return [
    {
      kind: 'act',
      id: 'copy',
      label: drawn.length === 1 ? say.curves.copyCurveOf(drawn[0].name) : say.curves.copySelectOne,
      icon: 'copy',
      isDisabled: drawn.length !== 1,
      run: () => (subLanes.copied = copyCurve(drawn[0], parameter)),
    },
    {
      kind: 'act',
      id: 'paste',
      label: say.curves.pasteInto(regionsNamed(chosen)),
      isDisabled: subLanes.copied === null || chosen.length === 0,
      run: paste,
    },
    {
      kind: 'act',
      id: 'clear',
      label: say.curves.clear(regionsNamed(drawn)),
      icon: 'trash',
      isDisabled: drawn.length === 0,
      run: clear,
    },
    menuLine('lanes'),
    ...laneChoices(editor, track, regions),
  ]
}

/** Which curves have a lane below a track. */
export const laneChoices = (editor: Editor, track: Track, regions: readonly Region[]): readonly MenuItem[] =>
  parametersOf(track, regions).map((parameter): MenuItem => ({
    kind: 'act',
    id: parameter,
    label: parameterLabel(parameter),
    isChecked: editor.subLanes.curvesOf(track, regions).includes(parameter),
    run: () => editor.subLanes.toggleCurve(track, regions, parameter),
  }))
