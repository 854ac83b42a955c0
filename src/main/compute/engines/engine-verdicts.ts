import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { EngineId } from '../../../shared/contract/engines.ts'
import { writeAtomically } from '../../files/atomic-write.ts'
import type { EngineProbe } from './compute-engine.ts'

/** Raised when the self-test asks for something else, so that what passed the older one is tried again. */
const TEST_VERSION = 2
const FILE_NAME = 'self-tests.json'

const measured = z.number().nonnegative()
const verdict = z.object({
  /** One that this version does not know is never asked for. */
  id: z.string().max(40) as unknown as z.ZodType<EngineId>,
  /** Of everything that the verdict hangs on: another fingerprint, another test. */
  fingerprint: z.string(),
  /** Null when the numbers were right, else why it is set aside. */
  refusal: z.string().nullable(),
  testedAtMs: z.number(),
  test: z
    .object({
      version: z.string(),
      device: z.string().nullable(),
      memoryBytes: z.number().nullable(),
      startMs: measured,
      residentBytes: measured,
      stepsPerSec: z.number().positive(),
      gflopPerSec: z.number().positive(),
      inferenceMs: measured,
    })
    .nullable(),
})
export type EngineVerdict = z.infer<typeof verdict>

/** What the self-tests found, kept from start to start in the folder of engines. */
export interface EngineVerdicts {
  /** Null when it was never tried as it is now. */
  find(id: EngineId, fingerprint: string): EngineVerdict | null
  put(found: EngineVerdict): void
}

/** @param onTrouble when they can't be kept: the engines are then tried at each start */
export function openEngineVerdicts(folder: string | null, onTrouble: (message: string) => void): EngineVerdicts {
  const path = folder === null ? null : join(folder, FILE_NAME)
  const known = new Map(readVerdicts(path).map((found) => [found.id, found]))
  return {
    find(id, fingerprint) {
      const found = known.get(id)
      return found?.fingerprint === fingerprint ? found : null
    },
    put(found) {
      known.set(found.id, found)
      if (folder === null || path === null) return
      try {
        mkdirSync(folder, { recursive: true })
        writeAtomically(path, new TextEncoder().encode(`${JSON.stringify([...known.values()], null, 2)}\n`))
      } catch (cause) {
        onTrouble(
          `The engines' self-tests could not be kept: ${cause instanceof Error ? cause.message : String(cause)}`,
        )
      }
    },
  }
}

/** An engine's version, its driver and this Node: a change of any has the engine tried again. */
export const fingerprintOf = (id: EngineId, { version, driver }: EngineProbe, node = process.version): string =>
  createHash('sha256')
    .update(JSON.stringify([TEST_VERSION, id, version, driver, node, process.platform, process.arch]))
    .digest('hex')

/** A file that is no list of verdicts is as good as none. */
function readVerdicts(path: string | null): readonly EngineVerdict[] {
  if (path === null) return []
  try {
    const parsed = z.array(verdict).safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : []
  } catch {
    return [] // none yet
  }
}
