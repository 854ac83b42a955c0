import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Application } from '../../src/main/application.ts'
import { applicationPaths, type ApplicationPaths } from '../../src/main/paths.ts'
import type { Clip } from '../../src/main/library/clips.ts'
import type { ComputeTask } from '../../src/shared/contract/compute.ts'
import { openApplication, sourceInstallation } from './opened-application.ts'
import { putClips } from './plain-library.ts'
import { createScriptedWorker, type ScriptedWorker } from './scripted-worker.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface ScriptedHome<Kind extends ComputeTask['kind']> extends ScriptedWorker<Kind> {
  readonly paths: ApplicationPaths
  /** The task that was given last; the test fails where none was. */
  last(): ScriptedWorker<Kind>['taken'][number]
  /** Waits until so many tasks were given. */
  taskCountBecomes(count: number): Promise<void>
  /** The program on this home, once more after each close. */
  open(): Promise<Application>
}

/** A library of a test's own that holds these clips and no model, and a worker that does what the test tells. */
export async function makeScriptedHome<Kind extends ComputeTask['kind']>(
  kind: Kind,
  clips: readonly Pick<Clip, 'id' | 'fileName'>[],
): Promise<ScriptedHome<Kind>> {
  const worker = createScriptedWorker(kind)
  const homeFolder = temporaryFolder()
  const paths = {
    ...applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: homeFolder }),
    modelsFolder: join(homeFolder, 'models'),
  }
  await putClips(homeFolder, clips)
  return {
    ...worker,
    paths,
    last: () => worker.taken.at(-1) ?? expect.fail('no task was started'),
    taskCountBecomes: (count) => expect.poll(() => worker.taken.length).toBe(count),
    async open() {
      const application = await openApplication(paths, worker.fork)
      onTestFinished(() => application.close())
      return application
    },
  }
}
