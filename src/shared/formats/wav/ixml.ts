import { encodeUtf8 } from '../text.ts'
import { xmlDeclaration, xmlText } from '../xml.ts'
import type { SoundMetadata } from '../sound-metadata.ts'

/**
 * The body of an `iXML` chunk (Institute of Broadcast Sound, iXML 1.61), which recorders and editors show: the note in
 * words, and in `USER` what a program may look for.
 */
export function encodeIxml({ title, singers, notice, software, engine }: SoundMetadata): Uint8Array {
  const converted = notice === null ? [] : [xmlText('NOTE', notice)]
  const user = [
    xmlText('AI_CONVERTED', notice === null ? 'FALSE' : 'TRUE'),
    ...singers.map((singer) => xmlText('SINGER', singer)),
    ...(engine === null ? [] : [xmlText('ENGINE', engine)]),
    xmlText('SOFTWARE', software),
  ]
  const lines = [
    xmlDeclaration,
    '<BWFXML>',
    xmlText('IXML_VERSION', '1.61'),
    xmlText('SCENE', title),
    ...converted,
    `<USER>${user.join('')}</USER>`,
    '</BWFXML>',
  ]
  return encodeUtf8(lines.join('\n'))
}
