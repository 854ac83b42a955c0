import { shortcutChoice } from '../../shared/contract/shortcuts.ts'
import type { Handlers } from './handlers.ts'

const SETTING = 'shortcuts'

export const shortcutVerbs: Pick<Handlers, 'shortcuts:describe' | 'shortcuts:choose'> = {
  'shortcuts:describe': async (_request, { library }) => {
    const parsed = shortcutChoice.safeParse(await library.settings.get(SETTING))
    return { choice: parsed.success ? parsed.data : null }
  },
  'shortcuts:choose': async ({ choice }, { library }) => {
    if (choice === null) await library.settings.remove(SETTING)
    else await library.settings.set(SETTING, choice)
    return {}
  },
}
