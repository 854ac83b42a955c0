/**
 * Messages with arrays of numbers as bytes, for lines that carry nothing else: the length of a description, the
 * description as JSON in ASCII with a place where each array stood, then the arrays, each at a multiple of four.
 */

/** Where an array stood. No other value of a message has this name. */
const PLACE = '$float32'
const WORD = 4

export function toBytes(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: Float32Array[] = []
  const text = JSON.stringify(message, (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value === Infinity ? { [PLACE]: 'Infinity' } : value
    arrays.push(value)
    return { [PLACE]: value.length }
  })
  const description = Uint8Array.from(escaped(text), (character) => character.charCodeAt(0))
  const start = WORD + Math.ceil(description.length / WORD) * WORD
  const whole = new Uint8Array(start + WORD * arrays.reduce((sum, { length }) => sum + length, 0))
  new DataView(whole.buffer).setUint32(0, description.length, true)
  whole.set(description, WORD)
  let offset = start
  for (const array of arrays) {
    whole.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
    offset += array.byteLength
  }
  return whole
}

/** The way back; throws on bytes that `toBytes` did not write. */
export function fromBytes(bytes: Uint8Array): unknown {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  const text = Array.from(bytes.subarray(WORD, WORD + length), (byte) => String.fromCharCode(byte)).join('')
  let offset = WORD + Math.ceil(length / WORD) * WORD
  // JSON revives the innermost first, in the order it was written.
  return JSON.parse(text, (_, value: unknown) => {
    const place = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[PLACE] : undefined
    if (place === 'Infinity') return Infinity
    if (typeof place !== 'number') return value
    const part = bytes.slice(offset, offset + WORD * place)
    if (part.length !== WORD * place) throw new Error('a message with numbers is shorter than it says')
    offset += part.length
    return new Float32Array(part.buffer, part.byteOffset, place)
  }) as unknown
}

/** What is no ASCII as JSON's own escapes. */
const escaped = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
