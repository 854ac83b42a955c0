import { partEnvelope } from '../../shared/project/envelope.ts'
import type { SongTime } from '../../shared/units/song-time.ts'
import type { Decibels, Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import { heardOf, isSameSound, partEnd, type Arrangement, type Heard, type Part } from './arrangement.ts'
import { clicksBetween } from './beats.ts'
import { partsToRestart } from './changed-parts.ts'
import type { LoudnessBook } from './loudness-book.ts'
import type { MediaCache, MediaSpan } from './media-cache.ts'
import type { Mixer } from './mixer.ts'
import { comparedSpans, neighborsOf, takeEnvelopesOf } from './neighbors.ts'
import { heardSpans } from './heard-spans.ts'
import { passesBetween, playthrough, positionAt, type LoopSpan, type Pass, type Playthrough } from './passes.ts'
import { startPart, type Voice } from './start-part.ts'

/** Sources of a play are started this far ahead; later ones by the refill. */
const HORIZON_SEC = 10
const REFILL_MS = 1000
/** A change during a play takes effect this long after it. */
const CHANGE_LEAD_SEC = 0.03
/** The first sound of a play comes this long after the request: room to set up every source in one pass. */
const START_LEAD_SEC = 0.05
/** The audio thread works in blocks of this many frames. */
const BLOCK_FRAMES = 128

interface Play {
  readonly map: Playthrough
  /** Taken at the start, so that the shown playhead does not jitter. */
  readonly latencyFrames: number
  readonly voices: Map<string, Voice>
  /** Beats up to this frame are placed. */
  clickedUntilFrame: number
}

/** Plays an arrangement on the audio clock: its own scheduler, integer frames, native sources. */
export class Engine {
  readonly #context: AudioContext
  readonly #mixer: Mixer
  readonly #media: MediaCache
  readonly #loudness: LoudnessBook
  #matchesLoudness = false
  #arrangement: Arrangement
  #listensTo: Heard = 'converted'
  #loop: LoopSpan | null = null
  #beats: SongTime | null = null
  #play: Play | null = null
  #request = 0
  /** Media that could not be had in this play; a region without sound is silent. */
  readonly #missing = new Set<string>()
  #refill: ReturnType<typeof setInterval> | null = null

  constructor(context: AudioContext, mixer: Mixer, media: MediaCache, loudness: LoudnessBook) {
    this.#context = context
    this.#mixer = mixer
    this.#media = media
    this.#loudness = loudness
    this.#arrangement = { rateHz: context.sampleRate, strips: [], parts: [] }
  }

  get isPlaying(): boolean {
    return this.#play !== null
  }

  /** The position that leaves the loudspeaker now; null when nothing plays. */
  positionSamples(): Samples | null {
    if (!this.#play) return null
    const { map, latencyFrames } = this.#play
    return Math.max(0, Math.round(positionAt(map, Math.max(map.frame, this.#nowFrame() - latencyFrames))))
  }

  /** Loads what sounds first, then starts. A stop or another play in the meantime wins. Falls silent at `untilSamples`. */
  async play(fromSamples: Samples, untilSamples: Samples = Infinity): Promise<void> {
    const request = ++this.#request
    this.#missing.clear()
    await this.#context.resume()
    await this.#loadAhead(playthrough(0, fromSamples, this.#loop, untilSamples), 0)
    if (request !== this.#request) return
    this.#silence(0)
    this.#begin(fromSamples, untilSamples, START_LEAD_SEC)
    void this.#measure()
  }

  stop(): void {
    this.#request++
    this.#silence(0)
    if (this.#refill !== null) clearInterval(this.#refill)
    this.#refill = null
    this.#play = null
  }

  setArrangement(arrangement: Arrangement): void {
    const before = this.#arrangement
    this.#arrangement = arrangement
    this.#mixer.setStrips(arrangement.strips)
    if (!this.#play) return
    this.#dropChanged(before.parts)
    this.#listen()
    void this.#refillNow()
  }

  listenTo(heard: Heard): void {
    this.#listensTo = heard
    this.#listen()
  }

  /** Lets an original sound as loud as what was converted from it; the converted is heard as it will be exported. */
  matchLoudness(isOn: boolean): void {
    this.#matchesLoudness = isOn
    this.#listen()
    void this.#measure()
  }

  setLoop(loop: LoopSpan | null): void {
    const isSame = loop?.startSamples === this.#loop?.startSamples && loop?.endSamples === this.#loop?.endSamples
    this.#loop = loop
    if (!this.#play || isSame) return
    const { untilSamples } = this.#play.map
    const position = this.#positionAfter(CHANGE_LEAD_SEC)
    this.#silence(CHANGE_LEAD_SEC)
    this.#begin(position, untilSamples, CHANGE_LEAD_SEC)
  }

  /** Clicks on every beat; null for none. */
  setMetronome(time: SongTime | null): void {
    this.#beats = time
    if (!this.#play) return
    this.#mixer.metronome.silence()
    this.#play.clickedUntilFrame = this.#nowFrame()
    this.#placeBeats(this.#play)
  }

  setMasterGainDb(db: Decibels): void {
    this.#mixer.setMasterGainDb(db)
  }

  #begin(fromSamples: Samples, untilSamples: Samples, leadSec: number): void {
    const frame = Math.ceil((this.#nowFrame() + leadSec * this.#context.sampleRate) / BLOCK_FRAMES) * BLOCK_FRAMES
    this.#play = {
      map: playthrough(frame, fromSamples, this.#loop, untilSamples),
      latencyFrames: Math.round((this.#context.outputLatency || 0) * this.#context.sampleRate),
      voices: new Map(),
      clickedUntilFrame: frame,
    }
    this.#schedule(this.#play)
    this.#refill ??= setInterval(() => void this.#refillNow(), REFILL_MS)
  }

  async #refillNow(): Promise<void> {
    const play = this.#play
    if (!play) return
    this.#schedule(play)
    if (await this.#loadAhead(play.map, this.#nowFrame())) {
      if (play === this.#play) this.#schedule(play)
    }
    await this.#measure()
  }

  /** Starts what is within the horizon, not started yet and loaded: more of the parts that sound, and those that begin. */
  #schedule(play: Play): void {
    const now = this.#nowFrame()
    const earliestFrame = Math.max(play.map.frame, now + Math.round(CHANGE_LEAD_SEC * this.#context.sampleRate))
    for (const [key, voice] of play.voices) {
      voice.fill(now + this.#horizonFrames, earliestFrame)
      if (voice.endFrame < now) play.voices.delete(key)
    }
    for (const pass of passesBetween(play.map, now, now + this.#horizonFrames)) {
      for (const part of this.#arrangement.parts) {
        if (!play.voices.has(keyOf(pass, part)) && this.#isDue(pass, part, now))
          this.#start(play, pass, part, earliestFrame)
      }
    }
    this.#placeBeats(play)
  }

  #start(play: Play, pass: Pass, part: Part, earliestFrame: number): void {
    const first = positionIn(pass, earliestFrame)
    if (!this.#neededSpans(part, first, first + 1).every((span) => this.#isThere(span))) return
    const startFrame = pass.frame + part.startSamples - pass.fromSamples
    const isCutIn = pass.index === 0 && startFrame < pass.frame
    const isLate = Math.max(startFrame, pass.frame) < earliestFrame
    const voice = startPart(this.#context, part, {
      pass,
      envelope: partEnvelope(part, neighborsOf(part, this.#arrangement.parts, this.#media, this.#listensTo)),
      heard: heardOf(part, this.#listensTo),
      originalGain: this.#originalGainOf(part),
      earliestFrame: Math.max(pass.frame, earliestFrame),
      isJoining: isCutIn || isLate,
      pieces: this.#media,
      fillUntilFrame: this.#nowFrame() + this.#horizonFrames,
      takeEnvelopes: takeEnvelopesOf(part, this.#media),
      output: this.#mixer.inputOf(part.stripId),
    })
    if (voice) play.voices.set(keyOf(pass, part), voice)
  }

  /** Whether anything was loaded. */
  async #loadAhead(map: Playthrough, nowFrame: number): Promise<boolean> {
    const untilFrame = nowFrame + this.#horizonFrames
    const wanted = passesBetween(map, nowFrame, untilFrame)
      .flatMap((pass) =>
        this.#arrangement.parts
          .filter((part) => this.#isDue(pass, part, nowFrame))
          .flatMap((part) => this.#neededSpans(part, positionIn(pass, nowFrame), positionIn(pass, untilFrame))),
      )
      .filter((span) => !this.#isThere(span))
    await Promise.all(
      wanted.map(async (span) => {
        if (!(await this.#media.load(span))) this.#missing.add(span.mediaId)
      }),
    )
    return wanted.length > 0
  }

  /** What of the media has to be there for a part to sound over a span of the timeline. */
  #neededSpans(part: Part, fromSamples: Samples, untilSamples: Samples): readonly MediaSpan[] {
    const compared = comparedSpans(part, this.#arrangement.parts, this.#listensTo)
    return [...heardSpans(part, fromSamples, untilSamples), ...compared]
  }

  #isThere(span: MediaSpan): boolean {
    return this.#missing.has(span.mediaId) || this.#media.isLoaded(span)
  }

  #isDue(pass: Pass, part: Part, nowFrame: number): boolean {
    const start = pass.frame + part.startSamples - pass.fromSamples
    const end = pass.frame + Math.min(partEnd(part), pass.untilSamples) - pass.fromSamples
    return (
      partEnd(part) > pass.fromSamples &&
      part.startSamples < pass.untilSamples &&
      end > nowFrame &&
      start < nowFrame + this.#horizonFrames
    )
  }

  /** Fades out what no longer is asked for, and forgets it, so that it is scheduled anew. */
  #dropChanged(before: readonly Part[]): void {
    const now = new Map(this.#arrangement.parts.map((part) => [part.id, part]))
    const toRestart = partsToRestart(before, this.#arrangement.parts)
    for (const [key, voice] of this.#play?.voices ?? []) {
      const next = now.get(voice.part.id)
      if (next && isSameSound(voice.part, next) && !toRestart.has(next.id)) continue
      voice.release(this.#context.currentTime + CHANGE_LEAD_SEC)
      this.#play?.voices.delete(key)
    }
  }

  #listen(): void {
    const parts = new Map(this.#arrangement.parts.map((part) => [part.id, part]))
    for (const voice of this.#play?.voices.values() ?? []) {
      const part = parts.get(voice.part.id)
      if (part) voice.listen(heardOf(part, this.#listensTo), this.#context.currentTime, this.#originalGainOf(part))
    }
  }

  #originalGainOf(part: Part): Gain {
    return this.#matchesLoudness ? this.#loudness.originalGainOf(part) : 1
  }

  /** Measures what plays now; whoever hears an original then hears it at the level of its conversion. */
  async #measure(): Promise<void> {
    if (!this.#matchesLoudness || !this.#play) return
    const parts = [...this.#play.voices.values()].map((voice) => voice.part)
    if (await this.#loudness.measure(parts)) this.#listen()
  }

  #silence(afterSec: number): void {
    for (const voice of this.#play?.voices.values() ?? []) voice.release(this.#context.currentTime + afterSec)
    this.#mixer.metronome.silence()
  }

  #placeBeats(play: Play): void {
    const time = this.#beats
    const until = this.#nowFrame() + 2 * this.#context.sampleRate
    if (!time || until <= play.clickedUntilFrame) return
    for (const { frame, accent } of clicksBetween(play.map, play.clickedUntilFrame, until, time))
      this.#mixer.metronome.click(frame / this.#context.sampleRate, accent)
    play.clickedUntilFrame = until
  }

  #positionAfter(sec: number): Samples {
    if (!this.#play) return 0
    return Math.round(positionAt(this.#play.map, this.#nowFrame() + sec * this.#context.sampleRate))
  }

  get #horizonFrames(): number {
    return HORIZON_SEC * this.#context.sampleRate
  }

  #nowFrame(): number {
    return Math.round(this.#context.currentTime * this.#context.sampleRate)
  }
}

/** Where a pass is at a frame, not before it begins nor behind its end. */
const positionIn = (pass: Pass, frame: number): Samples =>
  Math.min(pass.untilSamples, pass.fromSamples + Math.max(0, frame - pass.frame))

const keyOf = (pass: Pass, part: Part): string => `${pass.index}/${part.id}`
