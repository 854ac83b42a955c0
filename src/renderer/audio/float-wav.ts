/** Samples of a 32-bit float WAV file, exactly as they stand in it. */
export interface FloatAudio {
  readonly rateHz: number
  readonly channels: readonly Float32Array<ArrayBuffer>[]
}

/** Bytes of a file, from the first to before the end. */
export interface BytePart {
  readonly firstByte: number
  readonly endByte: number
}

/** Reads a part of a file, or all of it (null); who has no parts gives all of it whatever is asked. */
export type ReadBytes = (part: BytePart | null) => Promise<ArrayBuffer>

/** A file of which only the beginning was read. */
export interface FloatWav {
  readonly rateHz: number
  readonly channelCount: number
  readonly durationSamples: number
  /** From one sample to before another, both within the file; silent where the file ends before it says. */
  read(startSamples: number, endSamples: number): Promise<FloatAudio>
}

const FLOAT_FORMAT = 3
const EXTENSIBLE_FORMAT = 0xfffe
const SAMPLE_BYTES = 4
/** What stands before the samples in what the program writes is some hundred bytes. */
const HEAD_BYTES = 65_536
/** RF64 writes this where 32 bits are too few. */
const SIZE_ELSEWHERE = 0xffffffff

/**
 * Reads what the program itself writes as media: RIFF or RF64, 32-bit float. The browser's own decoder is not
 * used, because it may resample and change the length by a sample.
 */
export function parseFloatWav(bytes: ArrayBuffer): FloatAudio {
  const header = headerOf(bytes)
  if (!header) throw new Error('The media file has no format or no data chunk; expected a float WAV file.')
  return {
    rateHz: header.rateHz,
    channels: framesOf(bytes, header.dataStart, header.channelCount, framesIn(bytes, header)),
  }
}

/** Reads the header, and from then on only the parts that are asked for. */
export async function openFloatWav(readBytes: ReadBytes): Promise<FloatWav> {
  const head = await readBytes({ firstByte: 0, endByte: HEAD_BYTES })
  const header = headerOf(head)
  const hasAll = head.byteLength !== HEAD_BYTES
  if (hasAll || !header || header.dataBytes === null) return inMemory(hasAll ? head : await readBytes(null))
  const { rateHz, channelCount, dataStart } = header
  const frameBytes = channelCount * SAMPLE_BYTES
  return {
    rateHz,
    channelCount,
    durationSamples: Math.floor(header.dataBytes / frameBytes),
    async read(startSamples, endSamples) {
      const firstByte = dataStart + startSamples * frameBytes
      const byteCount = (endSamples - startSamples) * frameBytes
      const bytes = await readBytes({ firstByte, endByte: firstByte + byteCount })
      const from = bytes.byteLength > byteCount ? firstByte : 0
      return { rateHz, channels: framesOf(bytes, from, channelCount, endSamples - startSamples) }
    },
  }
}

function inMemory(bytes: ArrayBuffer): FloatWav {
  const { rateHz, channels } = parseFloatWav(bytes)
  return {
    rateHz,
    channelCount: channels.length,
    durationSamples: channels[0].length,
    read: (start, end) => Promise.resolve({ rateHz, channels: channels.map((samples) => samples.slice(start, end)) }),
  }
}

interface Header {
  readonly rateHz: number
  readonly channelCount: number
  readonly dataStart: number
  /** As the file says; null where it does not, and the samples are the rest of it. */
  readonly dataBytes: number | null
}

const framesIn = ({ byteLength }: ArrayBuffer, { dataStart, dataBytes, channelCount }: Header): number =>
  Math.floor(Math.min(dataBytes ?? Infinity, byteLength - dataStart) / SAMPLE_BYTES / channelCount)

/** Null where the bytes end before the samples begin. */
function headerOf(bytes: ArrayBuffer): Header | null {
  const view = new DataView(bytes)
  const chunks = chunksOf(view)
  const format = chunks.get('fmt ')
  const data = chunks.get('data')
  if (!format || !data) return null
  const kind = view.getUint16(format.offset, true)
  const bitCount = view.getUint16(format.offset + 14, true)
  if ((kind !== FLOAT_FORMAT && kind !== EXTENSIBLE_FORMAT) || bitCount !== 32)
    throw new Error(`The media file has format ${kind} with ${bitCount} bits; expected 32-bit float.`)
  const large = chunks.get('ds64')
  return {
    rateHz: view.getUint32(format.offset + 4, true),
    channelCount: view.getUint16(format.offset + 2, true),
    dataStart: data.offset,
    dataBytes:
      data.size !== SIZE_ELSEWHERE ? data.size : large ? Number(view.getBigUint64(large.offset + 8, true)) : null,
  }
}

interface Chunk {
  readonly offset: number
  /** As it says, which may be beyond the bytes. */
  readonly size: number
}

function chunksOf(view: DataView): ReadonlyMap<string, Chunk> {
  const chunks = new Map<string, Chunk>()
  const magic = view.byteLength >= 12 ? textAt(view, 0) : ''
  if ((magic !== 'RIFF' && magic !== 'RF64') || textAt(view, 8) !== 'WAVE')
    throw new Error(`The media file begins with "${magic}"; expected a WAV file.`)
  for (let offset = 12; offset + 8 <= view.byteLength;) {
    const name = textAt(view, offset)
    const size = view.getUint32(offset + 4, true)
    chunks.set(name, { offset: offset + 8, size })
    offset += 8 + size + (size % 2)
  }
  return chunks
}

const textAt = (view: DataView, offset: number): string =>
  String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  )

/** Frames from a byte on, one array per channel; silent behind the last byte. */
function framesOf(bytes: ArrayBuffer, offset: number, channelCount: number, frameCount: number) {
  const available = Math.min(frameCount, Math.floor((bytes.byteLength - offset) / SAMPLE_BYTES / channelCount))
  if (channelCount === 1 && offset % SAMPLE_BYTES === 0 && available === frameCount)
    return [new Float32Array(bytes, offset, frameCount)]
  const view = new DataView(bytes, offset)
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(frameCount)
    for (let frame = 0; frame < available; frame++)
      samples[frame] = view.getFloat32((frame * channelCount + channel) * SAMPLE_BYTES, true)
    return samples
  })
}
