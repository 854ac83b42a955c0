import { emotions } from '../../shared/conversion/emotions/registry.ts'
import type { Handlers } from './handlers.ts'

export const applicationVerbs: Pick<Handlers, 'application:describe'> = {
  'application:describe': (_request, { version, host, paths, notices, toldNotices }) =>
    Promise.resolve({
      version,
      host,
      platform: process.platform,
      homeFolder: paths.homeFolder,
      emotions: emotions.map(({ id, label, gesture }) => ({ id, label, gesture })),
      notices,
      toldNotices,
    }),
}
