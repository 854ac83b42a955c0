import type { Branded } from '../base/id.ts'
import { hashed } from './verb.ts'

/** SHA-256 of content as 64 hexadecimal digits: what bytes are called wherever they lie. */
export type ContentDigest = Branded<'ContentDigest'>

export const contentDigest = hashed<ContentDigest>()
