import type { Hertz, Samples } from '../../units/time.ts'
import { decodeLatin } from '../text.ts'
import type { BoxTree } from './mp4-boxes.ts'

/** What of a track's decoded samples is the sound: an encoder puts silence before it and after it. */
export interface SoundSpan {
  readonly startSamples: Samples
  readonly durationSamples: Samples
}

/**
 * By iTunes' own note (`iTunSMPB`) or the track's edit list (`elst`, ISO/IEC 14496-12, 8.6.6). Null where neither says
 * so. An edit list tells its duration in coarser units than samples: the track's own is taken where both agree within
 * one of these.
 */
export function soundSpan(movie: BoxTree, track: BoxTree, rateHz: Hertz): SoundSpan | null {
  return iTunesSpan(movie) ?? editSpan(movie, track, rateHz)
}

/** “ 00000000 00000840 000001CA 00000000003F31F6 …”: silence before, silence after, samples of sound. */
function iTunesSpan(movie: BoxTree): SoundSpan | null {
  const metadata = movie.child('udta')?.child('meta')
  if (metadata === undefined || metadata === null) return null
  const text = decodeLatin(metadata.bytes)
  const at = text.indexOf('iTunSMPB')
  const match = at < 0 ? null : / [0-9A-F]{8} ([0-9A-F]{8}) [0-9A-F]{8} ([0-9A-F]{16})/.exec(text.slice(at, at + 400))
  if (match === null) return null
  return { startSamples: parseInt(match[1], 16), durationSamples: parseInt(match[2], 16) }
}

function editSpan(movie: BoxTree, track: BoxTree, rateHz: Hertz): SoundSpan | null {
  const movieUnits = timescale(movie.child('mvhd'))
  const head = track.child('mdia')?.child('mdhd') ?? null
  const mediaUnits = timescale(head)
  const edits = track.child('edts')?.child('elst') ?? null
  if (head === null || edits === null || movieUnits === null || mediaUnits === null) return null
  const sounding = readEdits(edits).filter(({ mediaStart }) => mediaStart >= 0)
  if (sounding.length !== 1) return null
  const [{ duration, mediaStart }] = sounding
  const left = mediaDuration(head) - mediaStart
  const told = (duration * mediaUnits) / movieUnits
  const isSame = Math.abs(told - left) <= mediaUnits / movieUnits
  const toSamples = (units: number) => Math.round((units * rateHz) / mediaUnits)
  return { startSamples: toSamples(mediaStart), durationSamples: toSamples(isSame || told === 0 ? left : told) }
}

/** Units a second of a head (`mvhd`, `mdhd`). */
function timescale(head: BoxTree | null): number | null {
  if (head === null || head.bytes.length < (head.bytes[0] === 1 ? 32 : 20)) return null
  const units = head.view.getUint32(head.bytes[0] === 1 ? 20 : 12)
  return units === 0 ? null : units
}

const mediaDuration = (head: BoxTree): number =>
  head.bytes[0] === 1 ? Number(head.view.getBigUint64(24)) : head.view.getUint32(16)

interface Edit {
  readonly duration: number
  /** −1: nothing is heard. */
  readonly mediaStart: number
}

function readEdits({ bytes, view }: BoxTree): Edit[] {
  if (bytes.length < 8) return []
  const isLong = bytes[0] === 1
  const entryBytes = isLong ? 20 : 12
  const count = Math.min(view.getUint32(4), Math.floor((bytes.length - 8) / entryBytes))
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * entryBytes
    return isLong
      ? { duration: Number(view.getBigUint64(at)), mediaStart: Number(view.getBigInt64(at + 8)) }
      : { duration: view.getUint32(at), mediaStart: view.getInt32(at + 4) }
  })
}
