import type { Region, Track } from '../../../shared/project/model.ts'
import { say } from '../../messages/say.svelte.ts'
import { colorRegions, colorTrack } from '../../state/commands/arrange-commands.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import type { MenuItem } from '../../ui/menu.ts'
import { singerColor, singerHues } from '../../ui/singer-hue.ts'

export const regionColorItems = (editor: Editor, regions: readonly Region[]): readonly MenuItem[] =>
  colorItems(say.timeline.asTrack, regions, (hueIndex) => colorRegions(editor, regions, hueIndex))

export const trackColorItems = (editor: Editor, track: Track): readonly MenuItem[] =>
  colorItems(say.timeline[inherited[track.kind]], [track], (hueIndex) => colorTrack(editor, track.id, hueIndex))

const inherited = { source: 'noColor', singer: 'asSinger', instrument: 'asInstrument' } as const

/** The eight hues, and the one that is inherited; nothing is ticked where several differ. */
function colorItems(
  inherited: string,
  colored: readonly { readonly hueIndex: number | null }[],
  choose: (hueIndex: number | null) => void,
): readonly MenuItem[] {
  const item = (hueIndex: number | null, label: string): MenuItem => ({
    kind: 'act',
    id: `hue ${hueIndex ?? 'inherited'}`,
    label,
    isChecked: colored.every((one) => one.hueIndex === hueIndex),
    ...(hueIndex === null ? {} : { color: singerColor(hueIndex) }),
    run: () => choose(hueIndex),
  })
  return [
    item(null, inherited),
    { kind: 'line', id: 'hues' },
    ...singerHues.map((hue, index) => item(index, say.ui.hues[hue])),
  ]
}
