import { Context } from 'tone/build/esm/core/context/Context.js'
import { setContext } from 'tone/build/esm/core/context/GlobalContext.js'
import { createEngine } from '../../../src/renderer/audio/create-engine.ts'
import { heardOf, type Arrangement, type Heard, type Part } from '../../../src/renderer/audio/arrangement.ts'
import { partEnvelope } from '../../../src/shared/project/envelope.ts'
import type { MediaId } from '../../../src/shared/contract/media.ts'
import { MediaCache } from '../../../src/renderer/audio/media-cache.ts'
import { Mixer } from '../../../src/renderer/audio/mixer.ts'
import { neighborsOf, takeEnvelopesOf } from '../../../src/renderer/audio/neighbors.ts'
import { passesBetween, playthrough, type LoopSpan } from '../../../src/renderer/audio/passes.ts'
import { clicksBetween } from '../../../src/renderer/audio/beats.ts'
import { steadyTempo, type TempoMap } from '../../../src/shared/units/tempo.ts'
import { songTime } from '../../../src/shared/units/song-time.ts'
import { floatsOfText, textOfFloats } from '../../support/float-text.ts'
import { startPart } from '../../../src/renderer/audio/start-part.ts'

/** What the tests ask of the page: an arrangement rendered offline by the very functions that play it. */
export interface OfflineRequest {
  readonly rateHz: number
  readonly durationSamples: number
  readonly fromSamples: number
  readonly startFrame: number
  readonly loop: LoopSpan | null
  /** Where a play of a span ends. */
  readonly untilSamples: number | null
  readonly channelCount: 1 | 2
  readonly parts: readonly Part[]
  /** Samples by media id, as `textOfFloats` writes them. */
  readonly media: Readonly<Record<string, string>>
  readonly listensTo: Heard
  /** Frame at which one listens to the other. */
  readonly switchFrame: number | null
  /** Through the strips and the master too, instead of straight to the output. */
  readonly strips: Arrangement['strips'] | null
  /** Length of the pieces that media are fetched and played in; the player's own where it is left away. */
  readonly pieceSamples?: number
}

/** One text of samples per channel. */
async function renderChannels(request: OfflineRequest): Promise<string[]> {
  const { rateHz, parts, listensTo } = request
  const context = new OfflineAudioContext(request.channelCount, request.durationSamples, rateHz)
  const media = await loadedMedia(request)
  const outputOf = outputs(context, request)
  for (const pass of passesBetween(
    playthrough(request.startFrame, request.fromSamples, request.loop, request.untilSamples ?? Infinity),
    0,
    request.durationSamples,
  )) {
    for (const part of parts) {
      const voice = startPart(context, part, {
        pass,
        envelope: partEnvelope(part, neighborsOf(part, parts, media, listensTo)),
        heard: heardOf(part, listensTo),
        earliestFrame: pass.frame,
        isJoining: false,
        pieces: media,
        fillUntilFrame: pass.frame + request.durationSamples / 2,
        takeEnvelopes: takeEnvelopesOf(part, media),
        output: outputOf(part),
      })
      voice?.fill(Infinity, pass.frame) // as later in a play, when more of a file has come
      if (request.switchFrame !== null)
        voice?.listen(listensTo === 'original' ? 'converted' : 'original', request.switchFrame / rateHz)
    }
  }
  const rendered = await context.startRendering()
  return Array.from({ length: request.channelCount }, (_, channel) => textOfFloats(rendered.getChannelData(channel)))
}

const renderOffline = async (request: OfflineRequest): Promise<string> => (await renderChannels(request))[0]

function outputs(context: OfflineAudioContext, request: OfflineRequest): (part: Part) => AudioNode {
  if (!request.strips) return () => context.destination
  // Tone takes any base context where it only makes nodes.
  const tone = new Context({ context: context as unknown as AudioContext, clockSource: 'offline' })
  setContext(tone)
  const mixer = new Mixer(tone)
  mixer.setStrips(request.strips)
  return (part) => mixer.inputOf(part.stripId)
}

/** Media as the player has them: fetched byte by byte from a file, piece by piece. */
async function loadedMedia({ media, rateHz, pieceSamples }: OfflineRequest): Promise<MediaCache> {
  const files = new Map(Object.entries(media).map(([id, text]) => [id, floatWav(floatsOfText(text), rateHz)]))
  const bytesOf = (id: MediaId): ArrayBuffer => files.get(id) ?? new ArrayBuffer(0)
  const cache = new MediaCache(
    (id, part) => Promise.resolve(part ? bytesOf(id).slice(part.firstByte, part.endByte) : bytesOf(id)),
    pieceSamples === undefined ? {} : { pieceSamples },
  )
  for (const mediaId of files.keys()) await cache.load({ mediaId, startSamples: 0, endSamples: Infinity })
  return cache
}

/**
 * Plays for real and reads where the engine says it is.
 * @param text samples as `textOfFloats` writes them
 */
async function playForReal(parts: readonly Part[], text: string, rateHz: number, loop: LoopSpan | null) {
  const samples = floatsOfText(text)
  const { engine, mixer, media, close } = createEngine(rateHz, () => Promise.resolve(floatWav(samples, rateHz)))
  const strips = [...new Set(parts.map((part) => part.stripId))].map((id) => ({
    id,
    gainDb: 0,
    pan: 0,
    isSilent: false,
  }))
  engine.setArrangement({ rateHz, strips, parts })
  engine.setLoop(loop)
  await engine.play(0)
  const positions: number[] = []
  let peakDb = -Infinity
  for (let reading = 0; reading < 40; reading++) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    positions.push(engine.positionSamples() ?? -1)
    peakDb = Math.max(peakDb, mixer.readMaster().peaksDb[0])
  }
  engine.setMetronome(songTime(steadyTempo({ bpm: 120, beatsPerBar: 4, beatUnit: 4 }), rateHz))
  await engine.play(rateHz)
  const afterSeek = engine.positionSamples() ?? -1
  const isLoaded = parts.every((part) => media.pieceAt(part.original.mediaId, 0) !== null)
  engine.stop()
  const afterStop = engine.positionSamples()
  await close()
  return { positions, peakDb, afterSeek, afterStop, isLoaded }
}

function floatWav(samples: ArrayLike<number>, rateHz: number): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER_BYTES + samples.length * 4)
  new Uint8Array(bytes).set(floatHeader(samples.length, rateHz))
  new Float32Array(bytes, HEADER_BYTES).set(samples)
  return bytes
}

const HEADER_BYTES = 44

function floatHeader(sampleCount: number, rateHz: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  const text = (at: number, word: string): void =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, 36 + sampleCount * 4, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 3, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rateHz, true)
  view.setUint32(28, rateHz * 4, true)
  view.setUint16(32, 4, true)
  view.setUint16(34, 32, true)
  text(36, 'data')
  view.setUint32(40, sampleCount * 4, true)
  return bytes
}

/** Plays a file of any length at several places: which of its samples were asked for, and what is held of them. */
async function seekThrough(durationSamples: number, places: readonly number[], rateHz: number) {
  const header = floatHeader(durationSamples, rateHz)
  const asked: { place: number; firstSample: number; endSample: number }[] = []
  let place = -1
  const { engine, media, close } = createEngine(rateHz, (_id, part) => {
    if (!part) return Promise.reject(new Error('all of a file of hours was asked for'))
    const bytes = new Uint8Array(part.endByte - part.firstByte)
    if (part.firstByte === 0) bytes.set(header)
    else
      asked.push({
        place,
        firstSample: (part.firstByte - HEADER_BYTES) / 4,
        endSample: (part.endByte - HEADER_BYTES) / 4,
      })
    return Promise.resolve(bytes.buffer)
  })
  const part = (id: string): Part => ({
    id,
    stripId: id,
    startSamples: 0,
    durationSamples,
    original: { mediaId: `${id} source`, startSamples: 0 },
    converted: { mediaId: `${id} render`, startSamples: 0 },
    takes: [],
    gain: 1,
    fadeInSamples: 0,
    fadeOutSamples: 0,
    heard: 'converted',
  })
  const parts = [part('one'), part('two')]
  engine.setArrangement({ rateHz, strips: parts.map(({ id }) => ({ id, gainDb: 0, pan: 0, isSilent: false })), parts })
  const positions: number[] = []
  for (place of places) {
    await engine.play(place)
    positions.push(engine.positionSamples() ?? -1)
  }
  engine.stop()
  const { heldBytes } = media
  await close()
  return { asked, positions, heldBytes }
}

/** A click ends long before the next one begins. */
const SILENT_FRAMES = 200

/** The frames where the metronome is heard after silence, from the very clicks that a play schedules. */
async function renderClicks(
  map: TempoMap,
  rateHz: number,
  durationSamples: number,
  loop: LoopSpan | null,
): Promise<number[]> {
  const context = new OfflineAudioContext(1, durationSamples, rateHz)
  const tone = new Context({ context: context as unknown as AudioContext, clockSource: 'offline' }) // as above
  setContext(tone)
  const { metronome } = new Mixer(tone)
  for (const { frame, accent } of clicksBetween(playthrough(0, 0, loop), 0, durationSamples, songTime(map, rateHz)))
    metronome.click(frame / rateHz, accent)
  // Rendered faster than real, the first blocks are over before the page has connected what sounds: they wait for it.
  void context.suspend(0).then(() => context.resume())
  const samples = (await context.startRendering()).getChannelData(0)
  const heard: number[] = []
  let silentFrames = Infinity
  samples.forEach((sample, frame) => {
    if (sample !== 0 && silentFrames > SILENT_FRAMES) heard.push(frame)
    silentFrames = sample === 0 ? silentFrames + 1 : 0
  })
  return heard
}

export interface EnginePage {
  renderClicks: typeof renderClicks
  renderOffline: typeof renderOffline
  renderChannels: typeof renderChannels
  playForReal: typeof playForReal
  seekThrough: typeof seekThrough
}

Object.assign(window, {
  enginePage: { renderOffline, renderChannels, renderClicks, playForReal, seekThrough } satisfies EnginePage,
})
document.documentElement.dataset.ready = ''
