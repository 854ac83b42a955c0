import { statfs } from 'node:fs/promises'
import { availableParallelism, freemem, totalmem } from 'node:os'
import * as z from 'zod'
import type { ConversionSpeed } from '../../shared/contract/compute.ts'
import type { EngineReport, WorkerState } from '../../shared/contract/library.ts'
import type { ApplicationEvent } from '../../shared/contract/verbs.ts'
import type { EngineRoster } from '../compute/engines/engine-roster.ts'
import { describeOffer } from '../compute/native/native-offer.ts'
import type { Library } from '../library/client.ts'
import type { ApplicationPaths } from '../paths.ts'

/** What is known of the compute engines of this machine. */
export interface EngineBook {
  /** Self-tests and the last measurement, with the memory and disk of now. */
  describe(): Promise<EngineReport>
  put(speed: ConversionSpeed): Promise<void>
  /** Seconds of sound that are read per second; null until measured. */
  analysisFactor(): Promise<number | null>
  /** Something about the engines is new: everybody is told. */
  tell(): void
}

const SETTING = 'conversion-speed'
const stored = z.object({
  realTimeFactor: z.number().positive(),
  analysisFactor: z.number().positive(),
  measuredAtMs: z.number(),
})

export interface EngineBookOptions {
  readonly library: Library
  readonly roster: EngineRoster
  readonly paths: Pick<ApplicationPaths, 'homeFolder' | 'enginesFolder'>
  readonly emit: (event: ApplicationEvent) => void
  readonly workers: () => readonly WorkerState[]
}

export function createEngineBook({ library, roster, paths, emit, workers }: EngineBookOptions): EngineBook {
  const measuredSpeed = async () => {
    const parsed = stored.safeParse(await library.settings.get(SETTING))
    return parsed.success ? parsed.data : null
  }
  const describe = async (): Promise<EngineReport> => {
    const measured = await measuredSpeed()
    const engines = roster.describe(measured?.analysisFactor ?? null)
    return {
      engines,
      native: await describeOffer(paths.enginesFolder),
      realTimeFactor: measured?.realTimeFactor ?? null,
      trainingSec: engines.find(({ use }) => use.includes('training'))?.trainingSec ?? null,
      measuredAtMs: measured?.measuredAtMs ?? 0,
      workers: workers(),
      ...(await machineNow(paths.homeFolder)),
    }
  }
  const tell = () =>
    void describe().then(
      (report) => emit({ kind: 'engine-changed', report }),
      () => {}, // the library is closing: nobody is left to tell
    )
  return {
    describe,
    tell,
    analysisFactor: async () => (await measuredSpeed())?.analysisFactor ?? null,
    async put(speed) {
      await library.settings.set(SETTING, { ...speed, measuredAtMs: Date.now() })
      tell()
    },
  }
}

type MachineState = Pick<EngineReport, 'threadCount' | 'freeMemoryBytes' | 'totalMemoryBytes' | 'freeDiskBytes'>

async function machineNow(folder: string): Promise<MachineState> {
  const disk = await statfs(folder).catch(() => null)
  return {
    threadCount: availableParallelism(),
    freeMemoryBytes: freemem(),
    totalMemoryBytes: totalmem(),
    freeDiskBytes: disk === null ? 0 : disk.bavail * disk.bsize,
  }
}
