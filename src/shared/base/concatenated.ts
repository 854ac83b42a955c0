type Kept = Float32Array | Float64Array | Int32Array | Uint16Array | Uint8Array

/** All numbers of some arrays in one, in order. */
export function concatenated(parts: readonly Float32Array[]): Float32Array<ArrayBuffer>
/** The same of any kind of number. */
export function concatenated<Values extends Kept>(
  parts: readonly Values[],
  Kind: new (length: number) => Values,
): Values
export function concatenated(parts: readonly Kept[], Kind: new (length: number) => Kept = Float32Array): Kept {
  const whole = new Kind(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
