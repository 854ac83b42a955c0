import { Context } from 'tone/build/esm/core/context/Context.js'
import { setContext } from 'tone/build/esm/core/context/GlobalContext.js'
import type { Hertz } from '../../shared/units/time.ts'
import { Engine } from './engine.ts'
import { LoudnessBook } from './loudness-book.ts'
import { MediaCache, type FetchMedia } from './media-cache.ts'
import { Mixer } from './mixer.ts'
import { createOutputPort, type OutputPort } from './outputs.ts'

export interface Playback {
  readonly engine: Engine
  readonly mixer: Mixer
  readonly media: MediaCache
  readonly outputs: OutputPort
  close(): Promise<void>
}

/**
 * One audio context at the project's rate, shared with Tone for its nodes only: Tone's clock stays off, because
 * positions are kept by the engine, and because its worker would need a looser content policy.
 */
export function createEngine(rateHz: Hertz, fetchMedia: FetchMedia): Playback {
  const context = new AudioContext({ sampleRate: rateHz, latencyHint: 'playback' })
  const tone = new Context({ context, clockSource: 'offline' })
  setContext(tone)
  const media = new MediaCache(fetchMedia)
  const mixer = new Mixer(tone)
  const engine = new Engine(context, mixer, media, new LoudnessBook(media))
  return {
    engine,
    mixer,
    media,
    outputs: createOutputPort(context),
    async close() {
      engine.stop()
      await tone.close()
      tone.dispose()
      // A browser keeps a closed context for as long as somebody listens to it, and with it the song.
      context.onstatechange = null
    },
  }
}
