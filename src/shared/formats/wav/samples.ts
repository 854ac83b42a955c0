import type { WavEncoding } from './encoding.ts'
import { bytesPerSample } from './encoding.ts'

/**
 * Interleaved little-endian bytes → one array per channel, full scale at ±1. Integers divide by 2^(bits − 1), so that
 * every 8-, 16- and 24-bit value is exact in 32-bit float. An incomplete last frame is left out.
 */
export function decodeSamples(bytes: Uint8Array, encoding: WavEncoding, channelCount: number): Float32Array[] {
  const frameBytes = bytesPerSample[encoding] * channelCount
  const frameCount = Math.floor(bytes.length / frameBytes)
  if (encoding === 'float32' && isLittleEndian) return decodeFloats(bytes, frameCount, channelCount)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const readSample = sampleReaders[encoding]
  return Array.from({ length: channelCount }, (_, channelIndex) => {
    const channel = new Float32Array(frameCount)
    let offset = channelIndex * bytesPerSample[encoding]
    for (let frame = 0; frame < frameCount; frame++, offset += frameBytes) channel[frame] = readSample(view, offset)
    return channel
  })
}

/**
 * One array per channel → interleaved little-endian bytes. Integer encodings round to nearest and clamp;
 * a caller that wants dither adds it first (shared/dsp/dither.ts).
 */
export function encodeSamples(channels: readonly Float32Array[], encoding: WavEncoding): Uint8Array {
  const sampleBytes = bytesPerSample[encoding]
  const frameBytes = sampleBytes * channels.length
  const frameCount = channels.length === 0 ? 0 : channels[0].length
  if (encoding === 'float32' && isLittleEndian) return encodeFloats(channels, frameCount)
  const bytes = new Uint8Array(frameCount * frameBytes)
  const view = new DataView(bytes.buffer)
  const writeSample = sampleWriters[encoding]
  channels.forEach((channel, channelIndex) => {
    let offset = channelIndex * sampleBytes
    for (let frame = 0; frame < frameCount; frame++, offset += frameBytes) writeSample(view, offset, channel[frame])
  })
  return bytes
}

/** Where the machine keeps floats as WAV does, they are copied whole: an hour of audio passes here many times. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function decodeFloats(bytes: Uint8Array, frameCount: number, channelCount: number): Float32Array[] {
  const interleaved = new Float32Array(frameCount * channelCount)
  new Uint8Array(interleaved.buffer).set(bytes.subarray(0, interleaved.length * 4))
  if (channelCount === 1) return [interleaved]
  return Array.from({ length: channelCount }, (_, channelIndex) => {
    const channel = new Float32Array(frameCount)
    for (let frame = 0, at = channelIndex; frame < frameCount; frame++, at += channelCount) {
      channel[frame] = interleaved[at]
    }
    return channel
  })
}

function encodeFloats(channels: readonly Float32Array[], frameCount: number): Uint8Array {
  const interleaved = new Float32Array(frameCount * channels.length)
  channels.forEach((channel, channelIndex) => {
    if (channels.length === 1) return interleaved.set(channel)
    for (let frame = 0, at = channelIndex; frame < frameCount; frame++, at += channels.length) {
      interleaved[at] = channel[frame]
    }
  })
  return new Uint8Array(interleaved.buffer)
}

/** Nearest integer step of an encoding with `scale` steps per unit, clamped into what it can hold. */
export const quantize = (sample: number, scale: number): number =>
  Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale)))

/** Whether rounding to `scale` steps per unit has to clamp this sample. */
export const isClipped = (sample: number, scale: number): boolean => {
  const step = Math.round(sample * scale)
  return step < -scale || step > scale - 1
}

const sampleReaders: Readonly<Record<WavEncoding, (view: DataView, offset: number) => number>> = {
  uint8: (view, offset) => (view.getUint8(offset) - 128) / 128,
  int16: (view, offset) => view.getInt16(offset, true) / 32768,
  int24: (view, offset) => (view.getUint16(offset, true) + view.getInt8(offset + 2) * 65536) / 8388608,
  int32: (view, offset) => view.getInt32(offset, true) / 2147483648,
  float32: (view, offset) => view.getFloat32(offset, true),
  float64: (view, offset) => view.getFloat64(offset, true),
}

const sampleWriters: Readonly<Record<WavEncoding, (view: DataView, offset: number, sample: number) => void>> = {
  uint8: (view, offset, sample) => view.setUint8(offset, quantize(sample, 128) + 128),
  int16: (view, offset, sample) => view.setInt16(offset, quantize(sample, 32768), true),
  int24: (view, offset, sample) => {
    const step = quantize(sample, 8388608)
    view.setUint16(offset, step & 0xffff, true)
    view.setInt8(offset + 2, step >> 16)
  },
  int32: (view, offset, sample) => view.setInt32(offset, quantize(sample, 2147483648), true),
  float32: (view, offset, sample) => view.setFloat32(offset, sample, true),
  float64: (view, offset, sample) => view.setFloat64(offset, sample, true),
}
