import { decodeLatin } from '../text.ts'

/** The kinds of audio file that can be brought in, told by their first bytes and never by their name. */
export type AudioKind = 'wav' | 'aiff' | 'flac' | 'ogg-vorbis' | 'ogg-opus' | 'ogg-flac' | 'mp3' | 'aac' | 'mp4'

export const audioKindNames: Readonly<Record<AudioKind, string>> = {
  wav: 'WAV',
  aiff: 'AIFF',
  flac: 'FLAC',
  'ogg-vorbis': 'Ogg Vorbis',
  'ogg-opus': 'Opus',
  'ogg-flac': 'Ogg FLAC',
  mp3: 'MP3',
  aac: 'AAC',
  mp4: 'M4A',
}

/** File name endings that an "open" dialog offers; what a file really is decides its content. */
export const importExtensions = ['wav', 'wave', 'bwf', 'rf64', 'aif', 'aiff', 'aifc', 'flac', 'mp3', 'ogg', 'oga', 'opus', 'm4a', 'mp4', 'aac'] // prettier-ignore

/** Bytes of an ID3v2 tag before the audio, 0 where there is none. */
export function id3Bytes(head: Uint8Array): number {
  if (decodeLatin(head.subarray(0, 3)) !== 'ID3' || head.length < 10) return 0
  const footerBytes = (head[5] & 0x10) === 0 ? 0 : 10
  return 10 + footerBytes + ((head[6] & 127) << 21) + ((head[7] & 127) << 14) + ((head[8] & 127) << 7) + (head[9] & 127)
}

/** The kind that begins with these bytes (64 are enough), an ID3 tag already skipped; null for anything else. */
export function sniffAudioKind(head: Uint8Array): AudioKind | null {
  const first = decodeLatin(head.subarray(0, 4))
  const form = decodeLatin(head.subarray(8, 12))
  if (first === 'RIFF' || first === 'RF64' || first === 'BW64') return form === 'WAVE' ? 'wav' : null
  if (first === 'FORM') return form === 'AIFF' || form === 'AIFC' ? 'aiff' : null
  if (first === 'fLaC') return 'flac'
  if (first === 'OggS') return sniffOgg(decodeLatin(head.subarray(28, 36)))
  if (decodeLatin(head.subarray(4, 8)) === 'ftyp') return 'mp4'
  return sniffMpeg(head)
}

/** What stands at the start of the first packet; its page has one segment, so the packet begins at byte 28. */
function sniffOgg(packet: string): AudioKind | null {
  if (packet.startsWith('\x01vorbis')) return 'ogg-vorbis'
  if (packet === 'OpusHead') return 'ogg-opus'
  return packet.startsWith('\x7fFLAC') ? 'ogg-flac' : null
}

function sniffMpeg(head: Uint8Array): AudioKind | null {
  if (head.length < 4 || head[0] !== 0xff || (head[1] & 0xe0) !== 0xe0) return null
  const layer = (head[1] >> 1) & 3
  if (layer === 0) return (head[1] & 0xf0) === 0xf0 ? 'aac' : null
  const isPossible = ((head[1] >> 3) & 3) !== 1 && head[2] >> 4 !== 15 && ((head[2] >> 2) & 3) !== 3
  return layer === 1 && isPossible ? 'mp3' : null
}
