import { compSpans, takeOf } from '../../../shared/project/comp.ts'
import {
  chooseTake,
  cutComp,
  deleteTake,
  flattenComp,
  neighborTake,
  pickTake,
} from '../../../shared/project/edits/takes.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { say } from '../../messages/say.svelte.ts'
import type { Editor } from '../Editor.svelte.ts'
import { command, type Act, type Acts } from './command.ts'
import { idsOf, regionsNamed } from '../labels.ts'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** Which of its sounds a region has. */
export function takeCommands(editor: Editor): Acts {
  const withTakes = (): readonly Region[] => editor.chosenRegions.filter((region) => region.takes.length > 0)
  const numbered = DIGITS.map((number): readonly [string, Act] => [
    `take-${number}`,
    command(
      () => takeNumber(editor, number),
      () => withTakes().some((region) => takeOf(region, number)),
    ),
  ])
  const comped = (): readonly Region[] => editor.chosenRegions.filter((region) => region.comp.length > 0)
  return {
    ...Object.fromEntries(numbered),
    'next-take': command(
      () => stepTake(editor, 1),
      () => withTakes().length > 0,
    ),
    'previous-take': command(
      () => stepTake(editor, -1),
      () => withTakes().length > 0,
    ),
    'cut-takes': command(
      () => cutTakes(editor),
      () => withTakes().some((region) => isUnderPlayhead(editor, region)),
    ),
    'flatten-takes': command(
      () => flatten(editor),
      () => comped().length > 0,
    ),
  }
}

const isUnderPlayhead = ({ transport }: Editor, region: Region): boolean =>
  transport.positionSamples > region.startSamples && transport.positionSamples < regionEnd(region)

const atPlayhead = ({ transport }: Editor, region: Region): number =>
  region.sourceStartSamples + transport.positionSamples - region.startSamples

/** In a region that is cut, the span under the playhead; else all of the region. */
function takeNumber(editor: Editor, number: number): void {
  const regions = editor.chosenRegions.filter((region) => takeOf(region, number))
  if (regions.length === 0) return
  editor.session.edit(say.edits.takeOf(number, regionsNamed(regions)), (project) =>
    regions.reduce(
      (now, region) =>
        compSpans(region).length > 1 && isUnderPlayhead(editor, region)
          ? pickTake(now, region.id, number, atPlayhead(editor, region))
          : chooseTake(now, [region.id], number),
      project,
    ),
  )
}

function stepTake(editor: Editor, direction: 1 | -1): void {
  const regions = editor.chosenRegions.filter((region) => region.takes.length > 0)
  const [first] = regions
  const number = first && neighborTake(first, direction)
  if (!first || number === null) return
  editor.session.edit(say.edits.anotherTake(regionsNamed(regions)), (project) =>
    regions.reduce((now, region) => chooseTake(now, [region.id], neighborTake(region, direction) ?? number), project),
  )
  const count = first.takes.length
  editor.host.say(count > 1 ? say.state.takeOfMany(number, count) : say.state.take(number))
}

function cutTakes(editor: Editor): void {
  const regions = editor.chosenRegions.filter((region) => region.takes.length > 0 && isUnderPlayhead(editor, region))
  editor.subLanes.showsTakes = true
  editor.session.edit(say.edits.cutTakes(regionsNamed(regions)), (project) =>
    regions.reduce((now, region) => cutComp(now, region.id, atPlayhead(editor, region)), project),
  )
}

function flatten(editor: Editor): void {
  const regions = editor.chosenRegions.filter((region) => region.comp.length > 0)
  const before = new Set(Object.keys(editor.session.project.regions))
  editor.session.edit(say.edits.flatten(regionsNamed(regions)), (project) =>
    regions.reduce((now, region) => flattenComp(now, region.id, editor.mint.regionId), project),
  )
  const made = Object.values(editor.session.project.regions).filter((region) => !before.has(region.id))
  editor.selection.select([...idsOf(regions), ...idsOf(made)])
}

/** Throws one take of a region away, as its menu asks. */
export const throwTakeAway = (editor: Editor, region: Region, number: number): void =>
  editor.session.edit(say.edits.deleteTake(number, region.name), (project) => deleteTake(project, region.id, number))
