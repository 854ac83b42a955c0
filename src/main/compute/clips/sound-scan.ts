import { createHash } from 'node:crypto'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import { percentile } from '../../../shared/conversion/features.ts'
import type { SampleSource } from '../../../shared/conversion/sound.ts'
import { createLoudnessMeter } from '../../../shared/dsp/loudness.ts'

/** What one pass over the samples tells. */
export interface SoundScan {
  readonly peak: number
  readonly loudnessLufs: number | null
  /** Level that the quietest twentieth of the sound stays under, in dB of full scale; null where that is digital silence. */
  readonly noiseFloorDb: number | null
  readonly clippedSampleCount: number
  /** Of all channels together. */
  readonly sampleCount: number
  readonly firstBadSample: number | null
  /** SHA-256 of the samples: the same sound has the same, whatever its file is called. */
  readonly digest: string
}

const BLOCK_SEC = 4
const LEVEL_SEC = 0.05
const NOISE_PERCENT = 5
/** A sample counts as clipped at full scale with a neighbor there: a lone peak is no clipping. */
const FULL_SCALE = 0.9999

export function scanSound(source: SampleSource, progress: Progress): SoundScan {
  const { rateHz, channelCount, durationSamples } = source
  const meter = createLoudnessMeter(rateHz, channelCount)
  const hash = createHash('sha256').update(`${rateHz} ${channelCount}`)
  const levelSamples = Math.max(Math.round(rateHz * LEVEL_SEC), 1)
  const powers = new Float64Array(Math.floor(durationSamples / levelSamples))
  const wasFull = new Uint8Array(channelCount)
  const blockSamples = Math.round(BLOCK_SEC * rateHz)
  let peak = 0
  let clippedSampleCount = 0
  let firstBadSample: number | null = null
  for (let start = 0; start < durationSamples; start += blockSamples) {
    throwIfCancelled(progress)
    progress.report(start / durationSamples, 'reading the sound')
    const channels = source.read(start, Math.min(blockSamples, durationSamples - start))
    channels.forEach((samples, channel) => {
      hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
      for (let index = 0; index < samples.length; index++) {
        const value = Math.abs(samples[index])
        if (!Number.isFinite(value)) firstBadSample ??= start + index
        if (value > peak) peak = value
        const isFull = value >= FULL_SCALE ? 1 : 0
        clippedSampleCount += isFull & wasFull[channel]
        wasFull[channel] = isFull
        const cell = Math.floor((start + index) / levelSamples)
        if (cell < powers.length) powers[cell] += (value * value) / (levelSamples * channelCount)
      }
    })
    meter.push(channels)
  }
  const quiet = powers.length === 0 ? 0 : percentile(powers, NOISE_PERCENT)
  return {
    peak,
    loudnessLufs: firstBadSample === null ? meter.integratedLufs() : null,
    noiseFloorDb: quiet > 0 ? 10 * Math.log10(quiet) : null,
    clippedSampleCount,
    sampleCount: durationSamples * channelCount,
    firstBadSample,
    digest: hash.digest('hex'),
  }
}
