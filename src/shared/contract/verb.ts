import * as z from 'zod'

/** A request's parser and the type of its answer. */
export const verb =
  <Response>() =>
  <Request extends z.ZodType>(request: Request) => ({ request, response: undefined as unknown as Response })

export const id = <Id extends string>() =>
  z
    .string()
    .min(1)
    .max(80)
    .regex(/^[0-9a-z]+$/) as unknown as z.ZodType<Id, Id>
/** An id that is the hash of what it names. */
export const hashed = <Id extends string>() => z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<Id, Id> // only the brand is added
export const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), 'a path holds no zero byte')
export const name = z.string().trim().min(1).max(120)
/** A file on this machine, or one that the window uploaded before. */
export const fileReference = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path }),
  z.object({
    kind: z.literal('upload'),
    uploadId: z.string().regex(/^[0-9a-f]{32}$/),
    fileName: z.string().min(1).max(255),
  }),
])
export type FileReference = z.infer<typeof fileReference>
