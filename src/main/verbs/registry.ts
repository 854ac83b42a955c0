import { applicationVerbs } from './application.ts'
import { engineVerbs } from './engine.ts'
import { folderVerbs } from './folder.ts'
import type { Handlers } from './handlers.ts'
import { jobVerbs } from './jobs.ts'
import { projectVerbs } from './project.ts'
import { singerVerbs } from './singer.ts'

export const handlers = {
  ...applicationVerbs,
  ...engineVerbs,
  ...folderVerbs,
  ...jobVerbs,
  ...projectVerbs,
  ...singerVerbs,
  'watch:describe': async () => ({ folder: null, newFiles: [] }),
} as Partial<Handlers> as Handlers
