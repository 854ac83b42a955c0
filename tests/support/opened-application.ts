import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FailureError } from '../../src/shared/base/errors.ts'
import type { Request, Response, VerbName } from '../../src/shared/contract/verbs.ts'
import { createApplication, type Application } from '../../src/main/application.ts'
import { createWorkerFork } from '../../src/main/compute/workers/fork-worker.ts'
import type { ComputeRole, WorkerProcess } from '../../src/main/compute/workers/pool.ts'
import type { StartWorker } from '../../src/main/compute/workers/worker-process.ts'
import type { FarmAddress } from '../../src/main/farm/farm-address.ts'
import { installationOf, type ApplicationPaths, type Installation } from '../../src/main/paths.ts'

const fromSource = installationOf(pathToFileURL(resolve(import.meta.dirname, '../../src/main/serve.ts')).href)

/** The program run from its sources; the page is the built one in out/renderer, or where UNDERSTUDY_TEST_PAGE says. */
export const sourceInstallation: Installation = {
  ...fromSource,
  rendererFolder: process.env['UNDERSTUDY_TEST_PAGE'] ?? fromSource.rendererFolder,
}

/** Throws where the application would say that it can't start. */
export async function openApplication(
  paths: ApplicationPaths,
  fork: StartWorker,
  farm: FarmAddress | null = null,
): Promise<Application> {
  const opened = await createApplication(paths, { ...sourceInstallation, kind: 'headless', fork, farm })
  if (!opened.ok) throw new FailureError(opened.failure)
  return opened.value
}

export interface HandOnWorkers {
  readonly application: Application
  /** As the system does when memory runs out: at once, without a word. */
  killWorker(role: ComputeRole): void
  workersStarted(): number
}

/** The application with its real workers, and a hand on their throats. */
export async function openWithWorkers(
  paths: ApplicationPaths,
  farm: FarmAddress | null = null,
): Promise<HandOnWorkers> {
  const workers = new Map<string, WorkerProcess>()
  let started = 0
  const fork = createWorkerFork({ modelsFolder: paths.modelsFolder, enginesFolder: paths.enginesFolder })
  const application = await openApplication(
    paths,
    (workerPath, role, engine) => {
      started++
      const worker = fork(workerPath, role, engine)
      workers.set(role, worker)
      return worker
    },
    farm,
  )
  return { application, killWorker: (role) => workers.get(role)?.kill(), workersStarted: () => started }
}

/** Asks as a page does; throws what the application answers as a failure. */
export async function ask<Name extends VerbName>(
  application: Application,
  name: Name,
  request: Request<Name>,
): Promise<Response<Name>> {
  const answer = await application.call(name, request)
  if (!answer.ok) throw new FailureError(answer.failure)
  return answer.value
}
