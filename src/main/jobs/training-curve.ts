import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'

const curve = z.array(
  z.object({
    step: z.number(),
    trainLoss: z.number(),
    heldOutLoss: z.number().nullable(),
    auditionId: z.string().nullable(),
    losses: z.record(z.string(), z.number()).exactOptional(),
    judged: z.object({ wanted: z.number(), real: z.number() }).exactOptional(),
  }),
)

/** The curve that a training left in its folder; empty where none lies there. */
export async function readTrainingCurve(folder: string): Promise<readonly TrainingPoint[]> {
  const text = await readFile(join(folder, 'curve.json'), 'utf8').catch(() => '[]')
  try {
    return curve.parse(JSON.parse(text))
  } catch {
    return [] // cut off or foreign: it is only shown, and the next checkpoint writes it anew
  }
}
