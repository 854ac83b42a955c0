/** Sound that is read by spans, so that a file of any length takes little memory. */
export interface SampleSource {
  readonly rateHz: number
  readonly channelCount: number
  readonly durationSamples: number
  /** `count` samples from `startSamples` on, one array per channel. Only spans inside the sound are asked for. */
  read(startSamples: number, count: number): Float32Array[]
}

/** Takes sound in order, one array per channel. */
export interface SampleSink {
  write(channels: Float32Array[]): void
}

/** To another rate: exact length round(n · to / from), no delay, flat to near half the lower rate. */
export type Resample = (mono: Float32Array, fromHz: number, toHz: number) => Float32Array

/** A sound that lies in memory. */
export function sourceOf(channels: readonly Float32Array[], rateHz: number): SampleSource {
  return {
    rateHz,
    channelCount: channels.length,
    durationSamples: channels[0].length,
    read: (startSamples, count) => channels.map((channel) => channel.slice(startSamples, startSamples + count)),
  }
}

/** The mean of all channels; a copy where there is one. Plain loops: every sample of every analysis passes here. */
export function mixDown(channels: readonly (Float32Array | Float64Array)[]): Float32Array {
  const [first, ...others] = channels
  if (others.length === 0) return Float32Array.from(first)
  const mono = new Float32Array(first.length)
  for (let index = 0; index < mono.length; index++) {
    let sum = first[index]
    for (const channel of others) sum += channel[index]
    mono[index] = sum / channels.length
  }
  return mono
}
