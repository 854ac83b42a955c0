import { createHash } from 'node:crypto'
import * as z from 'zod'
import { contentDigest, type ContentDigest } from '../../../shared/contract/farm.ts'

/** What lies under `contents/`: of which pieces a content is made. It is written last, so that a content whose list is there is whole. */
export interface ContentList {
  readonly bytes: number
  /** Of each piece but the last, which has what is left. */
  readonly pieceBytes: number
  /** In order; the same piece may stand in it more than once. */
  readonly pieces: readonly ContentDigest[]
}

/** A piece is held in memory whole, whoever wrote the list. */
const MOST_PIECE_BYTES = 64 * 2 ** 20

const contentList: z.ZodType<ContentList> = z
  .object({
    bytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    pieceBytes: z.number().int().min(1).max(MOST_PIECE_BYTES),
    pieces: z.array(contentDigest),
  })
  .refine(({ bytes, pieceBytes, pieces }) => pieces.length === Math.ceil(bytes / pieceBytes))

export const pieceName = (digest: ContentDigest) => `pieces/${digest.slice(0, 2)}/${digest}`
export const listName = (digest: ContentDigest) => `contents/${digest}.json`
export const recordName = (name: string) => `records/${name}.json`

export const digestOf = (bytes: Uint8Array): ContentDigest =>
  createHash('sha256').update(bytes).digest('hex') as ContentDigest // the digest is what the brand means

/** Where the piece begins and how many bytes it has. */
export function pieceSpan({ bytes, pieceBytes }: Omit<ContentList, 'pieces'>, index: number) {
  const start = index * pieceBytes
  return { start, count: Math.min(pieceBytes, bytes - start) }
}

/** Null for anything that is no list. */
export const parseList = (bytes: Uint8Array): ContentList | null => contentList.safeParse(parseJson(bytes)).data ?? null

/** Null where it is no JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown
  } catch {
    return null // SyntaxError, the only one there is
  }
}

export const toJson = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`)
