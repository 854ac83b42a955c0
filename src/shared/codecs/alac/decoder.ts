import type { DecodedFrame } from '../decoded-frame.ts'
import { createBitReader, type BitReader } from '../bit-reader.ts'
import { frameElements, readFillBytes, skipData } from '../elements.ts'
import type { AlacConfiguration } from './configuration.ts'
import { addPrediction, type Prediction } from './prediction.ts'
import { readResiduals } from './residuals.ts'

const soundElements: readonly number[] = [frameElements.single, frameElements.pair, frameElements.low]

/** One frame of Apple Lossless, bit for bit, full scale at ±1. Frames know nothing of each other. */
export function decodeAlacFrame(frame: Uint8Array, configuration: AlacConfiguration): DecodedFrame {
  const reader = createBitReader(frame)
  const channels: Int32Array[] = []
  while (channels.length < configuration.channelCount) {
    const element = reader.read(3)
    if (element === frameElements.end) break
    if (element === frameElements.data) skipData(reader)
    else if (element === frameElements.fill) reader.skip(8 * readFillBytes(reader))
    else {
      const read = soundElements.includes(element) ? readElement(reader, configuration, element === frameElements.pair ? 2 : 1) : null // prettier-ignore
      if (read === null) return { kind: 'damaged', reason: 'an element is damaged' }
      channels.push(...read)
    }
    if (reader.isOverrun) return { kind: 'damaged', reason: 'it ends early' }
  }
  const scale = 2 ** (configuration.bitDepth - 1)
  return { kind: 'sound', channels: channels.map((channel) => Float32Array.from(channel, (sample) => sample / scale)) }
}

function readElement(reader: BitReader, configuration: AlacConfiguration, channelCount: 1 | 2): Int32Array[] | null {
  reader.skip(4) // which of its kind it is
  if (reader.read(12) !== 0) return null
  const isPartial = reader.read(1) === 1
  const lowBits = 8 * reader.read(2)
  const isPlain = reader.read(1) === 1
  const count = isPartial ? reader.read(32) : configuration.frameSamples
  if (count > configuration.frameSamples || lowBits >= configuration.bitDepth) return null
  const channels = Array.from({ length: channelCount }, () => new Int32Array(count))
  if (isPlain) return readPlain(reader, channels, configuration.bitDepth)

  const mixBits = reader.read(8)
  const mixShare = (reader.read(8) << 24) >> 24
  const predictions = channels.map(() => readPrediction(reader))
  const lowAt = reader.positionBits
  reader.skip(lowBits * count * channelCount)
  const sampleBits = configuration.bitDepth - lowBits + channelCount - 1
  if (reader.isOverrun || sampleBits > 32) return null
  channels.forEach((channel, index) => {
    const prediction = predictions[index]
    const rate = (configuration.historyRate * prediction.rateFactor) >> 2
    readResiduals(reader, channel, configuration, rate, sampleBits)
    addPrediction(channel, prediction, sampleBits)
  })
  if (channelCount === 2 && mixShare !== 0) unmix(channels, mixBits, mixShare)
  if (lowBits > 0) appendLowBits(reader.at(lowAt), channels, lowBits)
  return channels
}

function readPlain(reader: BitReader, channels: Int32Array[], bitDepth: number): Int32Array[] | null {
  const unused = 32 - bitDepth
  for (let at = 0; at < channels[0].length; at++) {
    for (const channel of channels) channel[at] = (reader.read(bitDepth) << unused) >> unused
    if (reader.isOverrun) return null
  }
  return channels
}

function readPrediction(reader: BitReader): Prediction {
  const mode = reader.read(4)
  const shiftBits = reader.read(4)
  const rateFactor = reader.read(3)
  const coefficients = Int16Array.from({ length: reader.read(5) }, () => reader.read(16))
  return { mode, shiftBits, rateFactor, coefficients }
}

/** A weighted sum and a difference back to left and right. */
function unmix([first, second]: readonly Int32Array[], mixBits: number, mixShare: number): void {
  for (let at = 0; at < first.length; at++) {
    const difference = second[at]
    const left = first[at] + difference - (Math.imul(mixShare, difference) >> mixBits)
    first[at] = left
    second[at] = left - difference
  }
}

/** Of deep samples the lowest bits were sent as they are. */
function appendLowBits(reader: BitReader, channels: readonly Int32Array[], lowBits: number): void {
  for (let at = 0; at < channels[0].length; at++) {
    for (const channel of channels) channel[at] = (channel[at] << lowBits) | reader.read(lowBits)
  }
}
