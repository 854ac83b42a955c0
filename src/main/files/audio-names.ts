import { extname } from 'node:path'

/** Of files that hold sound, as far as this program reads them. */
export const audioExtensions: ReadonlySet<string> = new Set([
  '.wav',
  '.wave',
  '.aif',
  '.aiff',
  '.flac',
  '.mp3',
  '.ogg',
  '.oga',
  '.opus',
  '.m4a',
  '.aac',
])

export const isAudioName = (name: string): boolean => audioExtensions.has(extname(name).toLowerCase())
