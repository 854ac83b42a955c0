import { encodeUtf8 } from '../text.ts'
import type { WavMetadata } from './metadata.ts'

/**
 * The body of an `iXML` chunk (Institute of Broadcast Sound, iXML 1.61), which recorders and editors show: the note in
 * words, and in `USER` what a program may look for.
 */
export function encodeIxml({ title, singers, notice, software, engine }: WavMetadata): Uint8Array {
  const converted = notice === null ? [] : [element('NOTE', notice)]
  const user = [
    element('AI_CONVERTED', notice === null ? 'FALSE' : 'TRUE'),
    ...singers.map((singer) => element('SINGER', singer)),
    ...(engine === null ? [] : [element('ENGINE', engine)]),
    element('SOFTWARE', software),
  ]
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<BWFXML>',
    element('IXML_VERSION', '1.61'),
    element('SCENE', title),
    ...converted,
    `<USER>${user.join('')}</USER>`,
    '</BWFXML>',
  ]
  return encodeUtf8(lines.join('\n'))
}

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`

/** Names come from people: nothing of them may become markup, and XML 1.0 has no control characters. */
const escaped = (text: string): string =>
  Array.from(text)
    .filter((character) => character >= ' ' || character === '\n' || character === '\t')
    .map((character) => entities[character] ?? character)
    .join('')

const entities: Readonly<Record<string, string | undefined>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
