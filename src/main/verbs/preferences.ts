import { preferences } from '../../shared/contract/preferences.ts'
import type { Handlers } from './handlers.ts'

const SETTING = 'preferences'

export const preferenceVerbs: Pick<Handlers, 'preferences:describe' | 'preferences:choose'> = {
  'preferences:describe': async (_request, { library }) => {
    const parsed = preferences.safeParse((await library.settings.get(SETTING)) ?? {})
    return parsed.success ? parsed.data : preferences.parse({})
  },
  'preferences:choose': async (chosen, { library }) => {
    await library.settings.set(SETTING, chosen)
    return {}
  },
}
