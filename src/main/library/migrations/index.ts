import { singersMigration } from './0001-singers.ts'
import { clipsMigration } from './0002-clips.ts'
import { datasetsMigration } from './0003-datasets.ts'
import { jobsMigration } from './0004-jobs.ts'
import { recentProjectsMigration } from './0005-recent-projects.ts'
import { rendersMigration } from './0006-renders.ts'
import { settingsMigration } from './0007-settings.ts'
import { singerCardsMigration } from './0008-singer-cards.ts'
import { pitchOutlinesMigration } from './0009-pitch-outlines.ts'
import { namedTrainingsMigration } from './0010-named-trainings.ts'
import type { Migration } from './migration.ts'

/** In order; the library's version is how many of them it has seen. */
export const migrations: readonly Migration[] = [
  singersMigration,
  clipsMigration,
  datasetsMigration,
  jobsMigration,
  recentProjectsMigration,
  rendersMigration,
  settingsMigration,
  singerCardsMigration,
  pitchOutlinesMigration,
  namedTrainingsMigration,
]
