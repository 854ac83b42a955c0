/** Samples of a 32-bit float WAV file, exactly as they stand in it. */
export interface FloatAudio {
  readonly rateHz: number
  readonly channels: readonly Float32Array<ArrayBuffer>[]
}

const FLOAT_FORMAT = 3
const EXTENSIBLE_FORMAT = 0xfffe

/**
 * Reads what the program itself writes as media: RIFF or RF64, 32-bit float. The browser's own decoder is not
 * used, because it may resample and change the length by a sample.
 */
export function parseFloatWav(bytes: ArrayBuffer): FloatAudio {
  const view = new DataView(bytes)
  const chunks = chunksOf(view)
  const format = chunks.get('fmt ')
  const data = chunks.get('data')
  if (!format || !data) throw new Error('The media file has no format or no data chunk; expected a float WAV file.')
  const kind = view.getUint16(format.offset, true)
  const bitCount = view.getUint16(format.offset + 14, true)
  if ((kind !== FLOAT_FORMAT && kind !== EXTENSIBLE_FORMAT) || bitCount !== 32)
    throw new Error(`The media file has format ${kind} with ${bitCount} bits; expected 32-bit float.`)
  const channelCount = view.getUint16(format.offset + 2, true)
  const frameCount = Math.floor(data.size / 4 / channelCount)
  return {
    rateHz: view.getUint32(format.offset + 4, true),
    channels: deinterleave(view, data.offset, channelCount, frameCount),
  }
}

interface Chunk {
  readonly offset: number
  readonly size: number
}

function chunksOf(view: DataView): ReadonlyMap<string, Chunk> {
  const chunks = new Map<string, Chunk>()
  const magic = view.byteLength >= 12 ? textAt(view, 0) : ''
  if ((magic !== 'RIFF' && magic !== 'RF64') || textAt(view, 8) !== 'WAVE')
    throw new Error(`The media file begins with "${magic}"; expected a WAV file.`)
  for (let offset = 12; offset + 8 <= view.byteLength;) {
    const name = textAt(view, offset)
    const rest = view.byteLength - offset - 8
    const size = Math.min(view.getUint32(offset + 4, true), rest) // RF64 writes 0xffffffff: the data is the rest
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

function deinterleave(view: DataView, offset: number, channelCount: number, frameCount: number) {
  if (channelCount === 1 && offset % 4 === 0) return [new Float32Array(view.buffer as ArrayBuffer, offset, frameCount)] // the view was made from an ArrayBuffer
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(frameCount)
    for (let frame = 0; frame < frameCount; frame++)
      samples[frame] = view.getFloat32(offset + (frame * channelCount + channel) * 4, true)
    return samples
  })
}
