import { applicationVerbs } from './application.ts'
import { domainVerbs } from './domain.ts'
import { emotionVerbs } from './emotion.ts'
import { engineVerbs } from './engine.ts'
import { farmVerbs } from './farm.ts'
import { folderVerbs } from './folder.ts'
import type { Handlers } from './handlers.ts'
import { jobVerbs } from './jobs.ts'
import { preferenceVerbs } from './preferences.ts'
import { projectWorkVerbs } from './project-work.ts'
import { projectVerbs } from './project.ts'
import { recoveryVerbs } from './recovery.ts'
import { shortcutVerbs } from './shortcuts.ts'
import { singerVerbs } from './singer.ts'
import { vocoderVerbs } from './vocoder.ts'
import { watchVerbs } from './watch.ts'

/** Every verb has one handler; the type refuses a gap. */
export const handlers: Handlers = {
  ...applicationVerbs,
  ...domainVerbs,
  ...emotionVerbs,
  ...engineVerbs,
  ...farmVerbs,
  ...folderVerbs,
  ...jobVerbs,
  ...preferenceVerbs,
  ...projectVerbs,
  ...projectWorkVerbs,
  ...recoveryVerbs,
  ...shortcutVerbs,
  ...singerVerbs,
  ...vocoderVerbs,
  ...watchVerbs,
}
