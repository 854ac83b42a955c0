import type { Samples } from '../../shared/units/time.ts'
import type { Decibels } from '../../shared/units/level.ts'
import type { SongTime } from '../../shared/units/song-time.ts'
import type { Arrangement, Heard } from '../audio/arrangement.ts'
import type { LoopSpan } from '../audio/passes.ts'

export type { Heard } from '../audio/arrangement.ts'

/** What the transport needs of an engine; the real one is `audio/engine.ts`. */
export interface TransportEngine {
  /** Falls silent at `untilSamples`, where it is given. */
  play(fromSamples: Samples, untilSamples?: Samples): Promise<void>
  stop(): void
  readonly isPlaying: boolean
  /** Null when nothing plays. */
  positionSamples(): Samples | null
  setArrangement(arrangement: Arrangement): void
  setLoop(loop: LoopSpan | null): void
  setMetronome(time: SongTime | null): void
  listenTo(heard: Heard): void
  matchLoudness(isOn: boolean): void
  setMasterGainDb(db: Decibels): void
}

/** Play, stop, where one is, and what one listens to. Nothing of it is in the document. */
export class Transport {
  readonly #engine: TransportEngine
  isPlaying: boolean = $state(false)
  /** Where the playhead rests, and where a play began. */
  #restSamples: Samples = $state(0)
  /** What the playhead shows while playing; set once a frame. */
  #runningSamples: Samples = $state(0)
  /** Project-wide: original against converted. */
  #listensTo: Heard = $state('converted')
  isFollowing: boolean = $state(true)
  /** A scroll by hand lets the playhead go for the rest of the play. */
  isFollowSuspended: boolean = $state(false)
  #hasMetronome: boolean = $state(false)
  #isBlind = false
  #matchesLoudness: boolean = $state(true)
  /** Where a play of a span ends. */
  #untilSamples: Samples | null = null
  #masterGainDb: Decibels = $state(0)

  constructor(engine: TransportEngine) {
    this.#engine = engine
    engine.matchLoudness(true)
  }

  get positionSamples(): Samples {
    return this.isPlaying ? this.#runningSamples : this.#restSamples
  }

  get listensTo(): Heard {
    return this.#listensTo
  }

  /** Whether an original is heard as loud as what was converted from it. For listening alone; no export knows it. */
  get matchesLoudness(): boolean {
    return this.#matchesLoudness
  }

  get hasMetronome(): boolean {
    return this.#hasMetronome
  }

  get masterGainDb(): Decibels {
    return this.#masterGainDb
  }

  async play(fromSamples: Samples = this.#restSamples, untilSamples: Samples | null = null): Promise<void> {
    this.isPlaying = true
    this.isFollowSuspended = false
    this.#runningSamples = fromSamples
    this.#untilSamples = untilSamples
    await this.#engine.play(fromSamples, untilSamples ?? Infinity)
  }

  /** Stops and goes back to where the play began. */
  stop(): void {
    this.#engine.stop()
    this.isPlaying = false
  }

  /** Stops and stays where one is: what happens when the sound has nowhere to go. */
  pause(): void {
    this.#restSamples = this.positionSamples
    this.stop()
  }

  toggle(): void {
    if (this.isPlaying) this.stop()
    else void this.play()
  }

  stopAtStart(): void {
    this.stop()
    this.#restSamples = 0
  }

  /** Moves the playhead; a running play goes on from there. */
  seek(position: Samples): void {
    this.#restSamples = Math.max(0, position)
    if (!this.isPlaying) return
    this.#runningSamples = this.#restSamples
    this.#untilSamples = null
    void this.#engine.play(this.#restSamples)
  }

  /** To be called once a frame while playing; stops behind the song's end. */
  tick(songEndSamples: Samples): void {
    if (!this.isPlaying) return
    const position = this.#engine.positionSamples()
    if (position === null) return
    this.#runningSamples = position
    const end = this.#untilSamples ?? songEndSamples
    if (position >= end && (this.#untilSamples !== null || this.#restSamples < songEndSamples)) this.stop()
  }

  listenTo(heard: Heard): void {
    this.#listensTo = heard
    if (!this.#isBlind) this.#engine.listenTo(heard)
  }

  /** Hears one of the two without showing which; null hears what is shown again. */
  listenBlindly(heard: Heard | null): void {
    this.#isBlind = heard !== null
    this.#engine.listenTo(heard ?? this.#listensTo)
  }

  matchLoudness(isOn: boolean): void {
    this.#matchesLoudness = isOn
    this.#engine.matchLoudness(isOn)
  }

  setMetronome(isOn: boolean, time: SongTime): void {
    this.#hasMetronome = isOn
    this.#engine.setMetronome(isOn ? time : null)
  }

  setMasterGainDb(db: Decibels): void {
    this.#masterGainDb = db
    this.#engine.setMasterGainDb(db)
  }
}
