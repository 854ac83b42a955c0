import { concatenated } from '../../shared/base/concatenated.ts'
import { createRequire } from 'node:module'
import { assert } from '../../shared/base/assert.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'

// A UMD bundle whose names Node cannot see through `import`.
const libsamplerate = createRequire(import.meta.url)(
  '@alexanderolsen/libsamplerate-js',
) as typeof import('@alexanderolsen/libsamplerate-js')

/** One channel at another rate: `resampledLength` samples, aligned with the input, no delay. */
export type Resample = (mono: Float32Array, fromHz: Hertz, toHz: Hertz) => Float32Array

/** The length that every resampling in the program gives. */
export const resampledLength = (durationSamples: Samples, fromHz: Hertz, toHz: Hertz): Samples =>
  Math.round((durationSamples * toHz) / fromHz)

export interface StreamResampler {
  /** Takes a block, one array per channel, and gives what can be told of the output so far. */
  push(channels: readonly Float32Array[]): Float32Array[]
  /** The rest; all blocks together are `resampledLength` samples. */
  finish(): Float32Array[]
}

export interface ResamplingRates {
  readonly fromHz: Hertz
  readonly toHz: Hertz
  readonly channelCount: number
}

type Converter = Awaited<ReturnType<typeof libsamplerate.create>>

/** The converter's buffers hold 1 008 000 values; a block and what comes of it at ×24 (8 → 192 kHz), stereo, fit. */
const blockSamples = 16_384
const bestQuality = { converterType: libsamplerate.ConverterType.SRC_SINC_BEST_QUALITY }

/** libsamplerate's best sinc converter (−145 dB, pass band to 96 % of the lower Nyquist rate), for whole signals. */
export async function createResampler(): Promise<Resample> {
  const converter = await libsamplerate.create(1, 44_100, 48_000, bestQuality)
  return (mono, fromHz, toHz) => {
    if (fromHz === toHz) return mono.slice()
    restart(converter, fromHz, toHz)
    const stream = streamThrough(converter, { fromHz, toHz, channelCount: 1 })
    const output = new Float32Array(resampledLength(mono.length, fromHz, toHz))
    let position = 0
    for (const [part] of [stream.push([mono]), stream.finish()]) {
      output.set(part, position)
      position += part.length
    }
    return output
  }
}

/** The same conversion block by block: bounded memory for any duration, and not one bit different from the whole. */
export async function createStreamResampler(rates: ResamplingRates): Promise<StreamResampler> {
  if (rates.fromHz === rates.toHz) {
    return { push: (channels) => [...channels], finish: () => emptyChannels(rates.channelCount) }
  }
  const { channelCount, fromHz, toHz } = rates
  return streamThrough(await libsamplerate.create(channelCount, fromHz, toHz, bestQuality), rates)
}

/** libsamplerate aligns its output with its input but holds back half a filter of it; zeros after the end bring it out. */
function streamThrough(converter: Converter, { fromHz, toHz, channelCount }: ResamplingRates): StreamResampler {
  let takenSamples = 0
  let givenSamples = 0

  function convert(channels: readonly Float32Array[]): Float32Array[] {
    const blocks: Float32Array[] = []
    for (let start = 0; start < channels[0].length; start += blockSamples) {
      blocks.push(converter.full(interleave(channels, start, Math.min(channels[0].length, start + blockSamples))))
    }
    return deinterleave(blocks, channelCount)
  }
  return {
    push(channels) {
      assert(channels.length === channelCount, `${channelCount} channels, not ${channels.length}`)
      const output = convert(channels)
      takenSamples += channels[0].length
      givenSamples += output[0].length
      return output
    },
    finish() {
      const wantedSamples = resampledLength(takenSamples, fromHz, toHz)
      const silence = Array.from({ length: channelCount }, () => new Float32Array(blockSamples))
      let rest = emptyChannels(channelCount)
      while (givenSamples + rest[0].length < wantedSamples) {
        const more = convert(silence)
        rest = rest.map((channel, index) => concatenated([channel, more[index]]))
      }
      return rest.map((channel) => channel.slice(0, wantedSamples - givenSamples))
    },
  }
}

/** Setting a rate empties the converter's history; `ratio` is what it sizes its blocks by and does not follow itself. */
function restart(converter: Converter, fromHz: Hertz, toHz: Hertz): void {
  converter.inputSampleRate = fromHz
  converter.outputSampleRate = toHz
  converter.ratio = toHz / fromHz
}

const emptyChannels = (channelCount: number): Float32Array[] =>
  Array.from({ length: channelCount }, () => new Float32Array(0))

function interleave(channels: readonly Float32Array[], start: Samples, end: Samples): Float32Array {
  const channelCount = channels.length
  if (channelCount === 1) return channels[0].subarray(start, end)
  const interleaved = new Float32Array((end - start) * channelCount)
  channels.forEach((channel, channelIndex) => {
    for (let index = start, at = channelIndex; index < end; index++, at += channelCount)
      interleaved[at] = channel[index]
  })
  return interleaved
}

function deinterleave(blocks: readonly Float32Array[], channelCount: number): Float32Array[] {
  const count = blocks.reduce((sum, block) => sum + block.length, 0) / channelCount
  const channels = Array.from({ length: channelCount }, () => new Float32Array(count))
  let frame = 0
  for (const block of blocks) {
    for (let at = 0; at < block.length; frame++) {
      for (let channel = 0; channel < channelCount; channel++) channels[channel][frame] = block[at++]
    }
  }
  return channels
}
