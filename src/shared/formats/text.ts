import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export const encodeUtf8 = (text: string): Uint8Array => utf8ToBytes(text)

/** Bytes that are no UTF-8, from programs older than it, are taken as Latin-1. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decodeURIComponent(bytesToHex(bytes).replace(/../g, '%$&'))
  } catch {
    return decodeLatin(bytes)
  }
}

/** A text from outside as it may stand in a sentence. */
export const shortened = (text: string, longest = 80): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`

/** One character per byte. */
export function decodeLatin(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
