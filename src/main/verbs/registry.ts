import { applicationVerbs } from './application.ts'
import { folderVerbs } from './folder.ts'
import type { Handlers } from './handlers.ts'
import { projectVerbs } from './project.ts'

export const handlers = {
  ...applicationVerbs,
  ...folderVerbs,
  ...projectVerbs,
  'jobs:list': async ({}, { queue }) => queue.list(),
  'singer:list': async () => [],
  'watch:describe': async () => ({ folder: null, newFiles: [] }),
} as Partial<Handlers> as Handlers
