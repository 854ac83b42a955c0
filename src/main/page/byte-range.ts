/** A part of a file, both ends included; `none` asks for all of it, `unsatisfiable` for a part that it doesn't have. */
export type ByteRange =
  | { readonly kind: 'none' }
  | { readonly kind: 'part'; readonly firstByte: number; readonly lastByte: number }
  | { readonly kind: 'unsatisfiable' }

/** Reads a `Range` header (RFC 9110 §14). Several ranges, or another unit, are answered with the whole file. */
export function parseByteRange(header: string | null | undefined, byteCount: number): ByteRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return { kind: 'none' }
  const firstByte = match[1] === '' ? Math.max(0, byteCount - Number(match[2])) : Number(match[1])
  const lastByte = match[1] === '' || match[2] === '' ? byteCount - 1 : Math.min(Number(match[2]), byteCount - 1)
  return firstByte > lastByte ? { kind: 'unsatisfiable' } : { kind: 'part', firstByte, lastByte }
}
