import { failure } from '../base/errors.ts'
import type { Result } from '../base/result.ts'
import { failed, ok } from '../base/result.ts'
import type { Samples } from '../units/time.ts'

/**
 * What a waveform is drawn from: for each bin of 64 samples, and then of 8 times as many on every further level, the
 * lowest and highest sample and the root mean square, in steps of 1/32767. Channels are drawn as one: the extremes of
 * any, the mean power of all. Samples beyond ±1 count as ±1.
 */
export interface Peaks {
  readonly durationSamples: Samples
  readonly levels: readonly PeakLevel[]
}

export interface PeakLevel {
  readonly binSamples: Samples
  readonly min: Int16Array
  readonly max: Int16Array
  readonly rms: Int16Array
}

export interface PeakColumn {
  /** −1…1 */
  readonly min: number
  readonly max: number
  /** 0…1 */
  readonly rms: number
}

/** A minute at 48 kHz is 270 kB with these; zooming in further draws the samples themselves. */
export const baseBinSamples = 64
const levelFactor = 8
const fullScale = 32_767
/** Each covers eight times as much as the one before: more than these cover any file. */
const mostLevels = 20

export interface PeaksBuilder {
  /** One array per channel; blocks of any length, in order. */
  push(channels: readonly Float32Array[]): void
  finish(): Peaks
}

/** Builds the pyramid while the samples go by: memory is the pyramid's own. */
export function createPeaksBuilder(): PeaksBuilder {
  const bins = createBins()
  let durationSamples = 0
  let filled = 0
  let low = Infinity
  let high = -Infinity
  let energy = 0

  function closeBin(): void {
    bins.push(low, high, energy / filled)
    filled = 0
    low = Infinity
    high = -Infinity
    energy = 0
  }
  /** A stretch of one channel, within one bin. */
  function scan(samples: Float32Array, start: number, end: number, weight: number): void {
    let [least, most, sum] = [low, high, 0]
    for (let index = start; index < end; index++) {
      const sample = samples[index]
      if (sample < least) least = sample
      if (sample > most) most = sample
      sum += sample * sample
    }
    if (least < -1 || most > 1) {
      // Beyond full scale, which is rare: counted as full scale.
      sum = samples.subarray(start, end).reduce((total, sample) => total + Math.min(1, sample * sample), 0)
    }
    low = Math.max(-1, least)
    high = Math.min(1, most)
    energy += sum * weight
  }
  return {
    push(channels) {
      const count = channels[0].length
      for (let start = 0; start < count;) {
        const end = Math.min(count, start + baseBinSamples - filled)
        for (const channel of channels) scan(channel, start, end, 1 / channels.length)
        filled += end - start
        start = end
        if (filled === baseBinSamples) closeBin()
      }
      durationSamples += count
    },
    finish() {
      if (filled > 0) closeBin()
      return { durationSamples, levels: buildLevels(bins.level()) }
    },
  }
}

/**
 * Columns of equal width from a position on. Every bin that a column touches counts, and none is left out, so that a
 * column always holds what its samples reach. Columns outside the signal are zero.
 */
export function readColumns(
  peaks: Peaks,
  startSamples: Samples,
  samplesPerColumn: number,
  columnCount: number,
): PeakColumn[] {
  const level = levelFor(peaks, samplesPerColumn)
  return Array.from({ length: columnCount }, (_, column) => {
    const from = startSamples + column * samplesPerColumn
    const to = Math.min(from + samplesPerColumn, peaks.durationSamples)
    if (to <= 0 || from >= to) return { min: 0, max: 0, rms: 0 }
    const firstBin = Math.floor(Math.max(0, from) / level.binSamples)
    return aggregate(level, firstBin, Math.ceil(to / level.binSamples))
  })
}

/** Magic, version, duration, then per level its bin and count and the three arrays; little-endian. */
export function encodePeaks(peaks: Peaks): Uint8Array {
  const sizes = peaks.levels.map((level) => 8 + level.min.length * 6)
  const bytes = new Uint8Array(headerBytes + sizes.reduce((sum, size) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic)
  view.setUint32(4, peaks.levels.length, true)
  view.setFloat64(8, peaks.durationSamples, true)
  let position = headerBytes
  for (const level of peaks.levels) {
    view.setUint32(position, level.binSamples, true)
    view.setUint32(position + 4, level.min.length, true)
    position += 8
    for (const values of [level.min, level.max, level.rms]) {
      for (const value of values) {
        view.setInt16(position, value, true)
        position += 2
      }
    }
  }
  return bytes
}

/** Refuses bytes that are no peaks, or fewer than they say. */
export function decodePeaks(bytes: Uint8Array): Result<Peaks> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0) !== magic) return damaged('they do not begin as peaks do')
  const levelCount = view.getUint32(4, true)
  const durationSamples = view.getFloat64(8, true)
  if (levelCount > mostLevels) return damaged(`they claim ${levelCount} levels`)
  if (!Number.isSafeInteger(durationSamples) || durationSamples < 0) return damaged('they say no length')
  const levels: PeakLevel[] = []
  let position = headerBytes
  for (let index = 0; index < levelCount; index++) {
    if (position + 8 > bytes.length) return damaged('they end early')
    const binSamples = view.getUint32(position, true)
    const count = view.getUint32(position + 4, true)
    position += 8
    if (binSamples === 0 || position + count * 6 > bytes.length) return damaged('they end early')
    const [min, max, rms] = [0, 1, 2].map((kind) => readInt16(bytes, position + kind * count * 2, count))
    levels.push({ binSamples, min, max, rms })
    position += count * 6
  }
  if (levels.length === 0) return damaged('they have no levels')
  return ok({ durationSamples, levels })
}

const magic = 0x55504b31 // "UPK1"
const headerBytes = 16

const damaged = (reason: string): Result<never> =>
  failed(failure('file-unreadable', `These peaks cannot be used: ${reason}.`, 'They are made again from the audio.'))

/** A copy as a whole, on machines that keep numbers as the bytes do. */
function readInt16(bytes: Uint8Array, start: number, count: number): Int16Array {
  // Not `slice`: a Buffer's is no copy.
  const own = new Uint8Array(bytes.subarray(start, start + count * 2))
  if (isLittleEndian) return new Int16Array(own.buffer)
  const view = new DataView(own.buffer)
  return Int16Array.from({ length: count }, (_, index) => view.getInt16(index * 2, true))
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** The coarsest level whose bins are no wider than a column. */
function levelFor(peaks: Peaks, samplesPerColumn: number): PeakLevel {
  return peaks.levels.findLast((level) => level.binSamples <= samplesPerColumn) ?? peaks.levels[0]
}

function aggregate(level: PeakLevel, firstBin: number, endBin: number): PeakColumn {
  let min = fullScale
  let max = -fullScale
  let energy = 0
  const end = Math.min(endBin, level.min.length)
  for (let bin = firstBin; bin < end; bin++) {
    if (level.min[bin] < min) min = level.min[bin]
    if (level.max[bin] > max) max = level.max[bin]
    energy += level.rms[bin] ** 2
  }
  return { min: min / fullScale, max: max / fullScale, rms: Math.sqrt(energy / (end - firstBin)) / fullScale }
}

function buildLevels(base: PeakLevel): PeakLevel[] {
  const levels = [base]
  for (let level = base; level.min.length > levelFactor; level = levels[levels.length - 1]) levels.push(coarser(level))
  return levels
}

/** A parent's bounds hold its children's; its power is their mean. */
function coarser(level: PeakLevel): PeakLevel {
  const count = Math.ceil(level.min.length / levelFactor)
  const parent = { min: new Int16Array(count), max: new Int16Array(count), rms: new Int16Array(count) }
  for (let bin = 0; bin < count; bin++) {
    const column = aggregate(level, bin * levelFactor, (bin + 1) * levelFactor)
    parent.min[bin] = Math.round(column.min * fullScale)
    parent.max[bin] = Math.round(column.max * fullScale)
    parent.rms[bin] = Math.round(column.rms * fullScale)
  }
  return { binSamples: level.binSamples * levelFactor, ...parent }
}

/** Three growing arrays of the base level, rounded outward so that the bounds hold. */
function createBins(): { push(low: number, high: number, power: number): void; level(): PeakLevel } {
  let values = new Int16Array(3 * 4096)
  let count = 0
  return {
    push(low, high, power) {
      if (3 * count === values.length) {
        const larger = new Int16Array(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[3 * count] = Math.floor(low * fullScale)
      values[3 * count + 1] = Math.ceil(high * fullScale)
      values[3 * count + 2] = Math.round(Math.sqrt(power) * fullScale)
      count++
    },
    level() {
      const [min, max, rms] = [new Int16Array(count), new Int16Array(count), new Int16Array(count)]
      for (let bin = 0; bin < count; bin++) {
        min[bin] = values[3 * bin]
        max[bin] = values[3 * bin + 1]
        rms[bin] = values[3 * bin + 2]
      }
      return { binSamples: baseBinSamples, min, max, rms }
    },
  }
}
