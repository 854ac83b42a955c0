import type { MediaId } from '../../shared/contract/media.ts'
import type { Samples } from '../../shared/units/time.ts'
import { openFloatWav } from './float-wav.ts'
import { matchingGain, measureInSlices } from './loudness-matching.ts'
import type { FetchMedia } from './media-cache.ts'

/** A part of a medium. */
export interface SpanSound {
  readonly mediaId: MediaId
  readonly startSamples: Samples
  readonly durationSamples: Samples
}

/** Versions of one span that are heard against each other, one at a time. */
export interface MatchedSounds {
  /** Settles when it sounds no more: it came to its end, another one took its place, or all was stopped. */
  play(sound: SpanSound, how: Listening): Promise<void>
  stop(): void
  /** Ends for good, with the device that it held. */
  close(): void
}

export interface Listening {
  /** Made as loud as this; null leaves it as it is. */
  readonly asLoudAs: SpanSound | null
  /** Goes round, beginning at the place where the one before is; else it plays once from its start. */
  readonly loops: boolean
}

/** Two emotions of a region at every intensity; those that were asked for before are read again. */
const MOST_LOADED = 6
/** A switch is a short crossfade, so that it does not click. */
const SWITCH_SEC = 0.01

interface Loaded {
  readonly buffer: AudioBuffer
  /** Null where it is silent or too short to have a loudness. */
  readonly lufs: number | null
}

interface Voice {
  readonly source: AudioBufferSourceNode
  readonly gain: GainNode
  readonly startSec: number
  readonly end: () => void
}

/** Plays beside the song, on a context of its own that is opened with the first sound. */
export function createMatchedSounds(fetchMedia: FetchMedia): MatchedSounds {
  const loaded = new Map<string, Promise<Loaded>>()
  let context: AudioContext | null = null
  let voice: Voice | null = null
  let request = 0

  const load = (sound: SpanSound): Promise<Loaded> => {
    const key = `${sound.mediaId} ${sound.startSamples} ${sound.durationSamples}`
    const known = loaded.get(key)
    if (known) return known
    const loading = cut(fetchMedia, sound)
    loaded.set(key, loading)
    const [oldest] = loaded.keys()
    if (loaded.size > MOST_LOADED) loaded.delete(oldest)
    // What could not be had is asked for again.
    loading.catch(() => loaded.delete(key))
    return loading
  }
  const fadeOut = (old: Voice | null, atSec: number): void => {
    if (!old) return
    old.gain.gain.setTargetAtTime(0, atSec, SWITCH_SEC / 3)
    old.source.stop(atSec + SWITCH_SEC)
    old.end()
  }
  const stop = (): void => {
    request++
    if (context) fadeOut(voice, context.currentTime)
    voice = null
  }
  return {
    async play(sound, { asLoudAs, loops }) {
      const asked = ++request
      const [{ buffer, lufs }, reference] = await Promise.all([load(sound), asLoudAs && load(asLoudAs)])
      if (asked !== request) return
      context ??= new AudioContext({ sampleRate: buffer.sampleRate })
      await context.resume()
      if (asked !== request) return
      const nowSec = context.currentTime
      const fromSec = voice === null || !loops ? 0 : (nowSec - voice.startSec) % buffer.duration
      const source = new AudioBufferSourceNode(context, { buffer, loop: loops })
      const gain = new GainNode(context, { gain: 0 })
      gain.gain.setTargetAtTime(reference ? matchingGain(lufs, reference.lufs) : 1, nowSec, SWITCH_SEC / 3)
      source.connect(gain).connect(context.destination)
      fadeOut(voice, nowSec)
      const over = Promise.withResolvers<undefined>()
      const own = { source, gain, startSec: nowSec - fromSec, end: () => over.resolve(undefined) }
      voice = own
      source.onended = () => {
        if (voice === own) voice = null
        own.end()
      }
      source.start(nowSec, fromSec)
      await over.promise
    },
    stop,
    close() {
      stop()
      loaded.clear()
      void context?.close()
      context = null
    },
  }
}

/** Only the span itself is fetched, however long its file is. */
async function cut(fetchMedia: FetchMedia, { mediaId, startSamples, durationSamples }: SpanSound): Promise<Loaded> {
  const file = await openFloatWav((part) => fetchMedia(mediaId, part ?? undefined))
  const end = Math.min(file.durationSamples, startSamples + durationSamples)
  const { rateHz, channels } = await file.read(Math.min(startSamples, end), end)
  const length = Math.max(1, channels[0].length)
  const buffer = new AudioBuffer({ numberOfChannels: channels.length, length, sampleRate: rateHz })
  channels.forEach((samples, channel) => buffer.copyToChannel(samples, channel))
  const read = (from: Samples, until: Samples) =>
    Promise.resolve({ rateHz, channels: channels.map((samples) => samples.subarray(from, until)) })
  return { buffer, lufs: (await measureInSlices(read, 0, channels[0].length)) ?? null }
}
