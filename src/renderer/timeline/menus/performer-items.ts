import type { Performer } from '../../../shared/contract/library.ts'
import { isDomain } from '../../../shared/project/performers.ts'
import type { SingerCatalog } from '../../state/ports.ts'
import { menuLine, type MenuItem } from '../../ui/menu.ts'
import { singerColor } from '../../ui/singer-hue.ts'

/** What an entry of a menu says of somebody, and does with them. */
export interface PerformerAct {
  readonly run: (performer: Performer) => void
  readonly labelOf?: (name: string) => string
  readonly isChecked?: (performer: Performer) => boolean
}

/** Everybody who can perform: singers, and below them the instruments. */
export function performerItems(
  { performers }: SingerCatalog,
  { run, labelOf = (name) => name, isChecked }: PerformerAct,
): readonly MenuItem[] {
  const item = (performer: Performer): MenuItem => ({
    kind: 'act',
    id: performer.id,
    label: labelOf(performer.name),
    color: singerColor(performer.hueIndex),
    ...(isDomain(performer) && { icon: 'instrument' as const }),
    ...(isChecked && { isChecked: isChecked(performer) }),
    run: () => run(performer),
  })
  const singers = performers.filter((performer) => !isDomain(performer)).map(item)
  const instruments = performers.filter(isDomain).map(item)
  const hasBoth = singers.length > 0 && instruments.length > 0
  return [...singers, ...(hasBoth ? [menuLine('instruments')] : []), ...instruments]
}
