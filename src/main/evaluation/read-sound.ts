import { concatenated } from '../../shared/base/concatenated.ts'
import { mixDown } from '../../shared/conversion/sound.ts'
import { openAudioStream } from '../files/audio-stream/open-audio-stream.ts'

/** A whole recording in memory, channels averaged. For evaluation: minutes, not hours. */
export interface Sound {
  readonly samples: Float32Array
  readonly rateHz: number
}

/** Every channel of a recording. */
export interface SoundOfChannels {
  readonly channels: readonly Float32Array[]
  readonly rateHz: number
}

/** Throws FailureError as `openAudioStream` does. */
export async function readChannels(path: string): Promise<SoundOfChannels> {
  const stream = await openAudioStream(path)
  try {
    const blocks = Array.from({ length: stream.channelCount }, (): Float32Array[] => [])
    for await (const channels of stream.blocks())
      channels.forEach((channel, index) => blocks[index].push(channel.slice()))
    return { channels: blocks.map((one) => concatenated(one)), rateHz: stream.rateHz }
  } finally {
    stream.close()
  }
}

/** Throws FailureError as `openAudioStream` does. */
export async function readSound(path: string): Promise<Sound> {
  const { channels, rateHz } = await readChannels(path)
  return { samples: mixDown(channels), rateHz }
}
