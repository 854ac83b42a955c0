import { SvelteMap } from 'svelte/reactivity'
import { FailureError, type Failure } from '../../shared/base/errors.ts'
import type { JobId, ProjectId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { renderMediaId, sourceMediaId } from '../../shared/contract/media.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import type { Region, Render } from '../../shared/project/model.ts'
import { atIntensity, leavesSource, whatIsHeard, type Performance } from '../../shared/project/performance.ts'
import type { MatchedSounds, SpanSound } from '../audio/matched-sounds.ts'
import { say } from '../messages/say.svelte.ts'
import { toldFailure } from '../messages/told.ts'
import { askedRender } from './asked-render.ts'
import { isOver } from './Jobs.svelte.ts'
import type { EditorHost } from './ports.ts'
import { failureOf } from './Shell.svelte.ts'
import { messageOf, type Session } from './Session.svelte.ts'
import type { Transport } from './Transport.svelte.ts'

/** How much of an emotion is heard beside each other: none, half, all of it. */
export const heardIntensities = [0, 0.5, 1] as const
export type HeardIntensity = (typeof heardIntensities)[number]

/** How far the sound of an intensity is. */
export type HeardState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'rendering'; readonly fraction: number }
  | { readonly kind: 'ready'; readonly sound: SpanSound }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface HearingParts {
  readonly session: Session
  readonly call: Call
  readonly host: Pick<EditorHost, 'say'>
  readonly transport: Pick<Transport, 'stop' | 'matchesLoudness'>
  readonly sounds: MatchedSounds
}

/** A region's emotion heard at several intensities beside the song; the document knows nothing of it. */
export class EmotionHearing {
  readonly #parts: HearingParts
  /** By region and what it would ask for. */
  readonly #states = new SvelteMap<string, HeardState>()
  /** Renders by job, of those who wait for them. */
  readonly #waiting = new Map<JobId, { readonly key: string; readonly settle: (job: Job) => void }>()
  readonly #early = new Map<JobId, Job>()
  #intensity: HeardIntensity | null = $state(null)
  #isInTurn = $state(false)
  #request = 0

  constructor(parts: HearingParts) {
    this.#parts = parts
  }

  /** What sounds now, or is waited for. */
  get intensity(): HeardIntensity | null {
    return this.#intensity
  }
  /** One intensity after the other is played. */
  get isInTurn(): boolean {
    return this.#isInTurn
  }

  stateOf(region: Region, intensity: HeardIntensity): HeardState {
    const asked = performanceAt(region, intensity)
    if (asked === null) return { kind: 'unknown' }
    if (leavesSource(asked)) return { kind: 'ready', sound: this.#sourceOf(region) }
    return this.#states.get(keyOf(region, asked)) ?? { kind: 'unknown' }
  }

  /** Loops one intensity; where another sounds, it goes on from the same place. */
  async hear(region: Region, intensity: HeardIntensity): Promise<void> {
    const request = this.#begin(intensity, false)
    const sound = await this.#soundOf(region, intensity)
    if (request === this.#request) await this.#play(region, sound, request)
  }

  /** Plays all of them once, one after the other; the next is rendered while one plays. */
  async hearInTurn(region: Region): Promise<void> {
    const request = this.#begin(heardIntensities[0], true)
    const coming = heardIntensities.map((intensity) => this.#soundOf(region, intensity))
    for (const [index, intensity] of heardIntensities.entries()) {
      this.#intensity = intensity
      const sound = await coming[index]
      if (request !== this.#request) return
      await this.#play(region, sound, request)
      if (request !== this.#request) return
    }
    this.stop()
  }

  /** Falls silent, and renders nothing on that nobody waits for. */
  stop(): void {
    this.#request++
    this.#intensity = null
    this.#isInTurn = false
    this.#parts.sounds.stop()
    // One that ended meanwhile tells so itself.
    for (const jobId of this.#waiting.keys()) void this.#parts.call('jobs:cancel', { jobId }).catch(() => {})
  }

  dispose(): void {
    this.stop()
    this.#parts.sounds.close()
  }

  /** To be told of every change of a job. */
  jobChanged(job: Job): void {
    if (job.kind !== 'audition' || job.subject.kind !== 'region') return
    const waiting = this.#waiting.get(job.id)
    // The answer that names the job may come later than its end.
    if (!waiting) {
      if (isOver(job)) this.#early.set(job.id, job)
      return
    }
    if (!isOver(job)) {
      this.#states.set(waiting.key, { kind: 'rendering', fraction: job.fraction })
      return
    }
    this.#waiting.delete(job.id)
    waiting.settle(job)
  }

  #begin(intensity: HeardIntensity, isInTurn: boolean): number {
    this.#parts.transport.stop()
    this.#intensity = intensity
    this.#isInTurn = isInTurn
    return ++this.#request
  }

  /** Settles when it has sounded. What could not be had was told, and ends it all. */
  async #play(region: Region, sound: SpanSound | null, request: number): Promise<void> {
    const { sounds, transport, host } = this.#parts
    if (sound === null) return this.stop()
    try {
      host.say(say.inspector.hearingAt(region.name, Math.round((this.#intensity ?? 0) * 100)))
      const asLoudAs = transport.matchesLoudness ? this.#sourceOf(region) : null
      await sounds.play(sound, { asLoudAs, loops: !this.#isInTurn })
    } catch (reason) {
      if (request !== this.#request) return
      host.say(messageOf(reason))
      this.stop()
    }
  }

  /** Rendered where it was not before; null where that came to nothing. */
  async #soundOf(region: Region, intensity: HeardIntensity): Promise<SpanSound | null> {
    const known = this.stateOf(region, intensity)
    if (known.kind === 'ready') return known.sound
    const asked = performanceAt(region, intensity)
    if (asked === null) return null
    if (leavesSource(asked)) return this.#sourceOf(region)
    const key = keyOf(region, asked)
    const { call, host } = this.#parts
    try {
      this.#states.set(key, { kind: 'rendering', fraction: 0 })
      const { project } = this.#parts.session
      const { jobId } = await call('project:convert', { ...askedRender(project, region, asked), isPreview: true })
      const { outcome, failure } = await this.#finish(jobId, key)
      if (outcome?.kind === 'convert') return this.#keep(key, soundOf(project.id, region, outcome.render))
      this.#states.delete(key)
      if (failure) throw new FailureError(toldFailure(failure))
    } catch (reason) {
      this.#states.set(key, { kind: 'failed', failure: failureOf(reason) })
      host.say(messageOf(reason))
    }
    return null
  }

  #finish(jobId: JobId, key: string): Promise<Job> {
    const early = this.#early.get(jobId)
    this.#early.delete(jobId)
    return early ? Promise.resolve(early) : new Promise((settle) => this.#waiting.set(jobId, { key, settle }))
  }

  #keep(key: string, sound: SpanSound): SpanSound {
    this.#states.set(key, { kind: 'ready', sound })
    return sound
  }

  #sourceOf({ sourceId, sourceStartSamples, durationSamples }: Region): SpanSound {
    const { id } = this.#parts.session.project
    return { mediaId: sourceMediaId(id, sourceId), startSamples: sourceStartSamples, durationSamples }
  }
}

const performanceAt = ({ performance }: Region, intensity: HeardIntensity): Performance | null =>
  performance && atIntensity(performance, intensity)

const keyOf = ({ sourceId, sourceStartSamples, durationSamples }: Region, asked: Performance): string =>
  JSON.stringify([sourceId, sourceStartSamples, durationSamples, whatIsHeard(asked)])

/** A render holds a little more than its region. */
const soundOf = (projectId: ProjectId, region: Region, { key, sourceStartSamples }: Render): SpanSound => ({
  mediaId: renderMediaId(projectId, key),
  startSamples: region.sourceStartSamples - sourceStartSamples,
  durationSamples: region.durationSamples,
})
