import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FailureError } from '../../src/shared/base/errors.ts'
import { createApplication, type Application } from '../../src/main/application.ts'
import { createWorkerFork } from '../../src/main/compute/workers/fork-worker.ts'
import type { ComputeRole, WorkerProcess } from '../../src/main/compute/workers/pool.ts'
import { startServer, type HeadlessServer } from '../../src/main/http/server.ts'
import { silentLogger } from '../../src/main/logger.ts'
import { applicationPaths, installationOf, type ApplicationPaths, type Installation } from '../../src/main/paths.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const fromSource = installationOf(pathToFileURL(resolve(import.meta.dirname, '../../src/main/serve.ts')).href)

/** The program run from its sources; the page is the built one in out/renderer, or where UNDERSTUDY_TEST_PAGE says. */
export const sourceInstallation: Installation = {
  ...fromSource,
  rendererFolder: process.env['UNDERSTUDY_TEST_PAGE'] ?? fromSource.rendererFolder,
}

export interface TestHost {
  readonly application: Application
  readonly server: HeadlessServer
  /** `http://127.0.0.1:<port>`; `server.url` has the token in its fragment. */
  readonly origin: string
  readonly paths: ApplicationPaths
  /** As the system does when memory runs out: at once, without a word. */
  killWorker(role: ComputeRole): void
  workersStarted(): number
  close(): Promise<void>
}

/** A whole headless host in this process, with a library of its own. Give `homeFolder` to open one that exists. */
export async function startTestHost(homeFolder?: string): Promise<TestHost> {
  const home = homeFolder ?? makeTemporaryFolder()
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: home })
  const workers = new Map<string, WorkerProcess>()
  let started = 0
  const fork = createWorkerFork({ modelsFolder: paths.modelsFolder, enginesFolder: paths.enginesFolder })
  const opened = await createApplication(paths, {
    ...sourceInstallation,
    kind: 'headless',
    fork(workerPath, role, engine) {
      started++
      const worker = fork(workerPath, role, engine)
      workers.set(role, worker)
      return worker
    },
  })
  if (!opened.ok) throw new FailureError(opened.failure)
  const application = opened.value
  const server = await startServer({
    application,
    paths,
    installation: sourceInstallation,
    port: 0,
    logger: silentLogger,
  })
  return {
    application,
    server,
    paths,
    origin: `http://127.0.0.1:${server.port}`,
    killWorker: (role) => workers.get(role)?.kill(),
    workersStarted: () => started,
    async close() {
      await server.close()
      await application.close()
      if (homeFolder === undefined) removeFolder(home)
    },
  }
}
