import type { Samples } from '../../shared/units/time.ts'
import type { Decibels } from '../../shared/units/level.ts'
import type { Tempo } from '../../shared/units/tempo.ts'
import type { Arrangement, Heard } from '../audio/arrangement.ts'
import type { LoopSpan } from '../audio/passes.ts'

export type { Heard } from '../audio/arrangement.ts'

/** What the transport needs of an engine; the real one is `audio/engine.ts`. */
export interface TransportEngine {
  play(fromSamples: Samples): Promise<void>
  stop(): void
  readonly isPlaying: boolean
  /** Null when nothing plays. */
  positionSamples(): Samples | null
  setArrangement(arrangement: Arrangement): void
  setLoop(loop: LoopSpan | null): void
  setMetronome(tempo: Tempo | null): void
  listenTo(heard: Heard): void
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
  #masterGainDb: Decibels = $state(0)

  constructor(engine: TransportEngine) {
    this.#engine = engine
  }

  get positionSamples(): Samples {
    return this.isPlaying ? this.#runningSamples : this.#restSamples
  }

  get listensTo(): Heard {
    return this.#listensTo
  }

  get hasMetronome(): boolean {
    return this.#hasMetronome
  }

  get masterGainDb(): Decibels {
    return this.#masterGainDb
  }

  async play(fromSamples: Samples = this.#restSamples): Promise<void> {
    this.isPlaying = true
    this.isFollowSuspended = false
    this.#runningSamples = fromSamples
    await this.#engine.play(fromSamples)
  }

  /** Stops and goes back to where the play began. */
  stop(): void {
    this.#engine.stop()
    this.isPlaying = false
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
    void this.#engine.play(this.#restSamples)
  }

  /** To be called once a frame while playing; stops behind the song's end. */
  tick(songEndSamples: Samples): void {
    if (!this.isPlaying) return
    const position = this.#engine.positionSamples()
    if (position === null) return
    this.#runningSamples = position
    if (position >= songEndSamples && this.#restSamples < songEndSamples) this.stop()
  }

  listenTo(heard: Heard): void {
    this.#listensTo = heard
    this.#engine.listenTo(heard)
  }

  setMetronome(isOn: boolean, tempo: Tempo): void {
    this.#hasMetronome = isOn
    this.#engine.setMetronome(isOn ? tempo : null)
  }

  setMasterGainDb(db: Decibels): void {
    this.#masterGainDb = db
    this.#engine.setMasterGainDb(db)
  }
}
