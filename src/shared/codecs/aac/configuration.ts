import { createBitReader, type BitReader } from '../bit-reader.ts'
import { aacRatesHz } from './bands.ts'

/** What a stream's head says of it. */
export interface AacConfiguration {
  readonly rateHz: number
  /** 0 where only the stream itself says. */
  readonly channelCount: number
}

/** Either what a stream is, or in words why it cannot be decoded. */
export type AacHead =
  | { readonly kind: 'configuration'; readonly configuration: AacConfiguration }
  | { readonly kind: 'other'; readonly reason: string }

const LOW_COMPLEXITY = 2
const BAND_REPLICATION = 5
const PARAMETRIC_STEREO = 29
const EXTENSION_MARK = 0x2b7

const profiles: Readonly<Record<number, string>> = {
  1: 'AAC Main',
  3: 'AAC SSR',
  4: 'AAC LTP',
  [BAND_REPLICATION]: 'HE-AAC',
  23: 'AAC LD',
  [PARAMETRIC_STEREO]: 'HE-AAC v2',
  39: 'AAC ELD',
  42: 'xHE-AAC',
}

export const highEfficiency = 'it is HE-AAC, whose upper half is only described'

/** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1): what an MP4 says of its AAC. */
export function readAudioSpecificConfig(bytes: Uint8Array): AacHead {
  if (bytes.length < 2) return other('its head is damaged')
  const reader = createBitReader(bytes)
  const objectType = readObjectType(reader)
  const rateHz = readRateHz(reader)
  const channelIndex = reader.read(4)
  if (objectType === BAND_REPLICATION || objectType === PARAMETRIC_STEREO) return other(highEfficiency)
  if (objectType !== LOW_COMPLEXITY) return other(`it is ${profiles[objectType] ?? `audio of MPEG-4’s type ${objectType}`}, not AAC-LC`) // prettier-ignore
  if (rateHz === null) return other('its sample rate is not one of AAC’s')
  const isShortFrame = reader.read(1) === 1
  if (isShortFrame) return other('its frames have 960 samples')
  if (reader.read(1) === 1) reader.skip(14) // a core coder's delay
  const hasExtension = reader.read(1) === 1
  if (channelIndex === 0) readProgramConfig(reader)
  if (reader.isOverrun || hasExtension) return other('its head is damaged')
  if (hasBandReplication(reader, bytes.length * 8)) return other(highEfficiency)
  return { kind: 'configuration', configuration: { rateHz, channelCount: channelCountOf(channelIndex) } }
}

/** Seven means eight channels. */
export const channelCountOf = (channelIndex: number): number => (channelIndex === 7 ? 8 : channelIndex)

/** A program_config_element (4.4.1.1): it says which elements there are; here they are told by the frames themselves. */
export function readProgramConfig(reader: BitReader): void {
  reader.skip(10)
  const [front, side, back, low, data, coupling] = [4, 4, 4, 2, 3, 4].map((bits) => reader.read(bits))
  for (const bits of [4, 4, 3]) if (reader.read(1) === 1) reader.skip(bits) // mixdowns
  reader.skip(5 * (front + side + back + coupling) + 4 * (low + data))
  reader.align()
  reader.skip(8 * reader.read(8))
}

/** The backward compatible way to say that a stream has more than its core. */
function hasBandReplication(reader: BitReader, sizeBits: number): boolean {
  if (sizeBits - reader.positionBits < 16 || reader.read(11) !== EXTENSION_MARK) return false
  return readObjectType(reader) === BAND_REPLICATION && reader.read(1) === 1
}

function readObjectType(reader: BitReader): number {
  const type = reader.read(5)
  return type === 31 ? 32 + reader.read(6) : type
}

function readRateHz(reader: BitReader): number | null {
  const index = reader.read(4)
  const rateHz = index === 15 ? reader.read(24) : aacRatesHz[index]
  return rateHz === undefined || rateHz === 0 ? null : rateHz
}

const other = (reason: string): AacHead => ({ kind: 'other', reason })
