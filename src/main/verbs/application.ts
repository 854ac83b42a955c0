import type { Handlers } from './handlers.ts'
import { emotionList } from './emotion-list.ts'

export const applicationVerbs: Pick<Handlers, 'application:describe'> = {
  'application:describe': ({}, { version, host, paths, notices }) =>
    Promise.resolve({
      version,
      host,
      platform: process.platform,
      homeFolder: paths.homeFolder,
      emotions: emotionList(),
      notices,
    }),
}
