import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { emotionDigest } from './compute/engine-version.ts'
import { createWorkerFork } from './compute/workers/fork-worker.ts'
import { openComputePool, wantedEngine } from './compute-pool.ts'
import type { FarmAddress } from './farm/farm-address.ts'
import { workForFarm, type WorkingMachine } from './farm/work-for-farm.ts'
import { openWavReader } from './files/wav-file.ts'
import { createLogger } from './logger.ts'
import type { ApplicationPaths, Installation } from './paths.ts'

/** The share of a worker's silence after which others look for what it had in hand. */
const LOOKS_PER_SILENCE = 3

/**
 * This machine as one that works for others: its engines and a folder for what travels, neither library nor projects.
 * Throws FailureError: a queue or a store that can't be reached.
 */
export async function openWorkingMachine(
  address: FarmAddress,
  lostAfterSec: number,
  installation: Installation,
  paths: ApplicationPaths,
): Promise<WorkingMachine> {
  const logger = createLogger(paths.logsFolder, 'worker')
  const { pool } = openComputePool({
    ...{ paths, logger },
    workerPath: installation.computeWorkerPath,
    hasWindows: false,
    fork: createWorkerFork({ modelsFolder: paths.modelsFolder, enginesFolder: paths.enginesFolder }),
    wanted: wantedEngine(process.env),
    onChange: () => {},
  })
  const folder = join(paths.homeFolder, 'farm')
  try {
    const machine = await workForFarm({
      ...{ address, pool, logger, folder },
      cacheFolder: join(folder, 'contents'),
      version: installation.version,
      threadCount: availableParallelism(),
      engine: () => pool.engineOf('interactive'),
      shippedEmotions: emotionDigest(paths),
      rateOf,
      timing: { lockMs: lostAfterSec * 1000, lookMs: (lostAfterSec * 1000) / LOOKS_PER_SILENCE },
    })
    const close = () => machine.close().finally(() => pool.stop())
    return { ...machine, close }
  } catch (cause) {
    pool.stop()
    throw cause
  }
}

function rateOf(wavPath: string): number {
  const wav = openWavReader(wavPath)
  wav.close()
  return wav.rateHz
}
