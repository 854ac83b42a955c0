import { totalmem } from 'node:os'
import { createEngineRoster, type EngineRoster } from './compute/engines/engine-roster.ts'
import { engines } from './compute/engines/engines.ts'
import { createComputePool, type ComputePool } from './compute/workers/pool.ts'
import type { StartWorker } from './compute/workers/worker-process.ts'
import type { Logger } from './logger.ts'
import type { ApplicationPaths } from './paths.ts'

/** A worker may take half of the machine, and what an engine needs at least. */
const LEAST_CEILING_BYTES = 3e9

export interface ComputePoolServices {
  readonly paths: Pick<ApplicationPaths, 'enginesFolder'>
  readonly logger: Logger
  readonly workerPath: string
  /** The host can open hidden windows. */
  readonly hasWindows: boolean
  readonly fork: StartWorker
  /** An engine's name; null lets the self-tests decide. */
  readonly wanted: string | null
  /** Something new is known of the engines. */
  readonly onChange: () => void
}

/** The engines of this machine and the processes that work with them, as everybody who computes needs them. */
export function openComputePool(services: ComputePoolServices): {
  readonly roster: EngineRoster
  readonly pool: ComputePool
} {
  const { paths, logger, workerPath, fork, onChange } = services
  const roster = createEngineRoster({
    engines,
    setting: { enginesFolder: paths.enginesFolder, hasWindows: services.hasWindows },
    wanted: services.wanted,
    workerPath,
    fork,
    nowMs: Date.now,
    onChange,
    onTrouble: logger.warn,
  })
  const pool = createComputePool({
    workerPath,
    roles: ['interactive', 'training'],
    fork,
    chooseEngine: roster.choose,
    isOutdated: roster.isOutdated,
    onEngine: onChange,
    onLoss: (_role, lost, failure, count) => lost !== null && roster.blame(lost.id, failure, count),
    onTrouble: logger.warn,
    memoryCeilingBytes: Math.max(LEAST_CEILING_BYTES, totalmem() / 2),
  })
  return { roster, pool }
}

/** The engine that a person asks for by `UNDERSTUDY_BACKEND`. */
export const wantedEngine = (environment: Readonly<Record<string, string | undefined>>): string | null =>
  environment['UNDERSTUDY_BACKEND'] || null
