import * as z from 'zod'
import type { TaskProgress } from '../task-queue.ts'

const progress = z.object({
  fraction: z.number().min(0).max(1),
  phase: z.string().max(200),
  sequence: z.int().min(0).exactOptional(),
})

/** How far a task is, as its worker told the queue; null where that is none. */
export const progressOf = (said: unknown): TaskProgress | null => progress.safeParse(said).data ?? null
