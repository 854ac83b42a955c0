/** Few enough for the arguments of one call. */
const PIECE_BYTES = 1 << 13

/** Single-precision samples as base64, for the way into a page and out of it: an array goes there number by number. */
export function textOfFloats(samples: ArrayLike<number>): string {
  const bytes = new Uint8Array(Float32Array.from(samples).buffer)
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES)))
  return btoa(pieces.join(''))
}

export function floatsOfText(text: string): Float32Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at)
  return new Float32Array(bytes.buffer)
}
