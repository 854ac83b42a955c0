import * as z from 'zod'

const progress = z.object({ fraction: z.number().min(0).max(1), phase: z.string().max(200) })

/** How far a task is, as its worker tells it through the queue; null where that is none. */
export const progressOf = (said: unknown): z.infer<typeof progress> | null => progress.safeParse(said).data ?? null
