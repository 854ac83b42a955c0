import * as z from 'zod'
import type { Branded } from '../base/id.ts'

/** SHA-256 of content as 64 hexadecimal digits: what bytes are called wherever they lie. */
export type ContentDigest = Branded<'ContentDigest'>

export const contentDigest = z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<ContentDigest, ContentDigest> // only the brand is added
