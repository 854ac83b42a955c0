import type { Result } from '../shared/base/result.ts'
import type { ApplicationInfo } from '../shared/contract/verbs.ts'
import { createApplication, type Application } from './application.ts'
import { createWorkerFork } from './compute/workers/fork-worker.ts'
import { farmAddress, type FarmAddress } from './farm/farm-address.ts'
import type { ApplicationPaths, Installation } from './paths.ts'
import { watchPowerSupply } from './power-supply.ts'

/** Opens the application in a plain Node process: the command line and the headless host. */
export const openHost = (
  installation: Installation,
  paths: ApplicationPaths,
  kind: ApplicationInfo['host'],
  farm: FarmAddress | null = farmAddress({}, process.env),
): Promise<Result<Application>> =>
  createApplication(paths, {
    kind,
    farm,
    version: installation.version,
    libraryWorkerPath: installation.libraryWorkerPath,
    computeWorkerPath: installation.computeWorkerPath,
    demoWorkerPath: installation.demoWorkerPath,
    watchPower: watchPowerSupply(),
    fork: createWorkerFork({ modelsFolder: paths.modelsFolder, enginesFolder: paths.enginesFolder }),
  })
