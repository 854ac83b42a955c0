import type { ApplicationEvent } from '../shared/contract/verbs.ts'
import type { WatchPower } from '../shared/contract/power.ts'
import type { EngineRoster } from './compute/engines/engine-roster.ts'
import type { ComputePool } from './compute/workers/pool.ts'
import type { StartWorker } from './compute/workers/worker-process.ts'
import { openComputePool, wantedEngine } from './compute-pool.ts'
import { createEngineBook, type EngineBook } from './jobs/engine-book.ts'
import { trainingPace } from './jobs/training-pace.ts'
import type { Library } from './library/client.ts'
import type { Logger } from './logger.ts'
import type { ApplicationPaths } from './paths.ts'

export interface ComputeServicesOptions {
  readonly paths: ApplicationPaths
  readonly library: Library
  readonly logger: Logger
  readonly emit: (event: ApplicationEvent) => void
  readonly workerPath: string
  /** The host can open hidden windows. */
  readonly hasWindows: boolean
  readonly fork: StartWorker
  readonly watchPower: WatchPower
  /** Engines that were never tried are tried in the background, soon after the start. */
  readonly testsAtStart: boolean
}

export interface ComputeServices {
  readonly roster: EngineRoster
  readonly engine: EngineBook
  readonly pool: ComputePool
  stop(): void
}

/** Engines, their workers, and what is known of them, each knowing of the others only what it needs. */
export function createComputeServices(options: ComputeServicesOptions): ComputeServices {
  const { paths, library, logger, emit, workerPath, fork } = options
  const wanted = wantedEngine(process.env)
  const { roster, pool } = openComputePool({
    ...{ paths, logger, workerPath, fork, wanted },
    hasWindows: options.hasWindows,
    onChange: () => engine.tell(),
  })
  const engine = createEngineBook({ library, roster, paths, emit, workers: () => pool.states() })
  const stopPower = options.watchPower((state) => {
    const { pace, reason } = trainingPace(state)
    pool.setPace('training', pace, reason)
  })
  const ending = new AbortController()
  if (options.testsAtStart && wanted === null) void roster.test({ isForced: false, signal: ending.signal })
  return {
    roster,
    engine,
    pool,
    stop() {
      ending.abort()
      stopPower()
      pool.stop()
    },
  }
}
