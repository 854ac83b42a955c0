import { untrack } from 'svelte'
import { mintId, type MarkerId, type RegionId, type TrackId } from '../../shared/base/id.ts'
import type { Random } from '../../shared/base/random.ts'
import type { ApplicationEvent, Call, OpenProject } from '../../shared/contract/verbs.ts'
import { changeTrack } from '../../shared/project/edits/tracks.ts'
import type { Region, Track } from '../../shared/project/model.ts'
import type { RangeExcess } from '../../shared/project/pitch-outline.ts'
import { songEnd } from '../../shared/project/queries.ts'
import type { SnapStep } from '../../shared/project/snap.ts'
import { arrangementOf } from './arrangement.ts'
import { BlindTest } from './BlindTest.svelte.ts'
import { Clipboard } from './clipboard.ts'
import { ConversionEstimates } from './ConversionEstimates.svelte.ts'
import { Conversions } from './Conversions.svelte.ts'
import { EmotionHearing } from './EmotionHearing.svelte.ts'
import type { Command, Commands } from './commands/command.ts'
import { Imports, type MintIds } from './Imports.svelte.ts'
import { Markers } from './Markers.svelte.ts'
import { Meters, type MeterSource } from './Meters.svelte.ts'
import { createMatchedSounds, type MatchedSounds } from '../audio/matched-sounds.ts'
import type { OutputPort } from '../audio/outputs.ts'
import { say } from '../messages/say.svelte.ts'
import { Outputs, type OutputMemory } from './Outputs.svelte.ts'
import type { EditorHost, JobFeed, MediaPort, SingerCatalog, Timers } from './ports.ts'
import { RangeMarks } from './RangeMarks.svelte.ts'
import type { RegionState } from './region-state.ts'
import { regionStates } from './region-states.ts'
import { Selection } from './Selection.svelte.ts'
import { Session } from './Session.svelte.ts'
import { TempoChanges } from './TempoChanges.svelte.ts'
import { SubLanes } from './SubLanes.svelte.ts'
import { Transport, type TransportEngine } from './Transport.svelte.ts'
import { Viewport } from './Viewport.svelte.ts'
import { Waves } from './Waves.svelte.ts'

/** What the editor is made of; tests give their own. */
export interface EditorParts {
  readonly opened: OpenProject
  readonly call: Call
  readonly jobs: JobFeed
  readonly catalog: SingerCatalog
  readonly media: MediaPort
  readonly host: EditorHost
  /** What one can do, of the editor that is being made. */
  readonly commandsOf: (editor: Editor) => Commands
  readonly engine: TransportEngine
  readonly meters: MeterSource
  readonly outputs: OutputPort
  readonly outputMemory?: OutputMemory
  /** Beside the song; missing, those of the window. */
  readonly matchedSounds?: MatchedSounds
  readonly random: Random
  readonly timers?: Timers
}

/** A menu that a key or a right click asked for; the timeline shows it. */
export interface MenuRequest {
  readonly kind: 'region' | 'track' | 'lane' | 'singer' | 'emotion' | 'new-track' | 'ruler' | 'marker' | 'tempo'
  /** Null: beside the focused region. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly trackId: TrackId | null
}

/** What has a field for its name open now. */
export type Renaming =
  | { readonly kind: 'region'; readonly id: RegionId }
  | { readonly kind: 'track'; readonly id: TrackId }
  | { readonly kind: 'marker'; readonly id: MarkerId }

/** One open song with everything one does to it. Panels read it and call its commands. */
export class Editor {
  readonly session: Session
  readonly selection = new Selection()
  readonly viewport = new Viewport()
  readonly transport: Transport
  readonly conversions: Conversions
  readonly estimates: ConversionEstimates
  readonly emotionHearing: EmotionHearing
  readonly imports: Imports
  readonly markers: Markers
  readonly tempo: TempoChanges
  readonly meters: Meters
  readonly outputs: Outputs
  readonly blindTest: BlindTest
  readonly waves: Waves
  readonly rangeMarks: RangeMarks
  readonly clipboard = new Clipboard()
  readonly subLanes = new SubLanes()
  readonly catalog: SingerCatalog
  readonly jobs: JobFeed
  readonly media: MediaPort
  readonly host: EditorHost
  readonly mint: MintIds
  readonly commands: Commands
  isSnapping: boolean = $state(true)
  chosenSnapStep: SnapStep = $state('1/16')
  menu: MenuRequest | null = $state.raw(null)
  renaming: Renaming | null = $state.raw(null)
  /** Set by a running gesture; Escape calls it. */
  cancelGesture: (() => void) | null = null
  /** Counts up when the keyboard focus should move to the focused region. */
  focusRequest: number = $state(0)
  #states: ReadonlyMap<RegionId, RegionState> = new Map()
  readonly #disposeEffects: () => void

  constructor(parts: EditorParts) {
    this.host = parts.host
    this.catalog = parts.catalog
    this.jobs = parts.jobs
    this.media = parts.media
    this.mint = { regionId: () => mintId<RegionId>(parts.random), trackId: () => mintId<TrackId>(parts.random) }
    this.session = new Session(parts.opened, parts.call, parts.timers)
    this.transport = new Transport(parts.engine)
    this.outputs = new Outputs(parts.outputs, this.transport, (message) => parts.host.tell(message), parts.outputMemory)
    this.blindTest = new BlindTest(this.transport, parts.random)
    this.markers = new Markers(this.session, () => mintId<MarkerId>(parts.random))
    this.tempo = new TempoChanges(this.session)
    this.conversions = new Conversions(this.session, parts.call, parts.host)
    this.estimates = new ConversionEstimates(parts.call)
    this.emotionHearing = new EmotionHearing({
      session: this.session,
      call: parts.call,
      host: parts.host,
      transport: this.transport,
      sounds: parts.matchedSounds ?? createMatchedSounds((id, part) => parts.media.fetchMedia(id, part)),
    })
    this.imports = new Imports(this.session, parts.call, parts.host, this.mint)
    this.meters = new Meters(parts.meters)
    this.waves = new Waves(parts.media)
    this.rangeMarks = new RangeMarks(parts.call)
    this.commands = parts.commandsOf(this)
    this.#disposeEffects = $effect.root(() => this.#connect(parts.engine))
  }

  readonly #regionStates = $derived.by(() => {
    this.#states = regionStates(
      {
        project: this.session.project,
        jobs: this.jobs.jobs,
        performers: this.catalog.performers,
        missingSourceIds: this.session.missingSourceIds,
        requestedFor: (id) => this.conversions.requestedFor(id),
      },
      this.#states,
    )
    return this.#states
  })

  stateOf(regionId: RegionId): RegionState {
    return this.#regionStates.get(regionId) ?? { kind: 'original' }
  }

  /** What of a region its singer has no notes for; null where nothing is known to be. */
  excessOf(region: Region): RangeExcess | null {
    return this.rangeMarks.excessOf(region, this.session.project.rateHz, this.catalog.singers)
  }

  get focusedRegion(): Region | null {
    const id = this.selection.focusedRegionId
    return id === null ? null : (this.session.project.regions[id] ?? null)
  }

  /** What a command acts on: the selection, or the focused region when nothing is selected. */
  get chosenRegions(): readonly Region[] {
    const selected = this.selection.regions(this.session.project)
    return selected.length > 0 || !this.focusedRegion ? selected : [this.focusedRegion]
  }

  /** Regions that ask for another sound than they have: never converted, out of date, or failed. */
  get unconvertedRegions(): readonly Region[] {
    return Object.values(this.session.project.regions)
      .filter((region) => ['assigned', 'stale', 'failed'].includes(this.stateOf(region.id).kind))
      .sort((a, b) => a.startSamples - b.startSamples)
  }

  get staleCount(): number {
    return [...this.#regionStates.values()].filter((state) => state.kind === 'stale').length
  }

  get snapStep(): SnapStep {
    return this.isSnapping ? this.chosenSnapStep : 'off'
  }

  get focusedTrack(): Track | null {
    return this.session.project.tracks.find((track) => track.id === this.selection.focusedTrackId) ?? null
  }

  command(id: string): Command | null {
    return this.commands[id] ?? null
  }

  /** False when there is no such command or it is not possible now. */
  run(id: string): boolean {
    const found = this.command(id)
    if (!found || (found.isPossible && !found.isPossible())) return false
    found.run()
    return true
  }

  focusRegion(region: Region): void {
    this.selection.focus(region)
    this.viewport.reveal(region.startSamples, region.startSamples + region.durationSamples)
    this.focusRequest++
  }

  /** After regions went to another lane, the selection stays with what one hears there. */
  followToTrack(regions: readonly Region[], trackId: TrackId): void {
    const sources = new Set(regions.map((region) => region.id))
    const there = Object.values(this.session.project.regions).filter(
      (region) =>
        region.trackId === trackId &&
        (sources.has(region.id) || (region.replacesRegionId !== null && sources.has(region.replacesRegionId))),
    )
    this.selection.select(there.map((region) => region.id))
    if (there[0]) this.focusRegion(there[0])
  }

  requestMenu(kind: MenuRequest['kind'], at: MenuRequest['at'] = null, trackId: TrackId | null = null): void {
    this.menu = { kind, at, trackId }
  }

  /** The chosen region, or else the focused track. */
  startRename(): void {
    const [region] = this.chosenRegions
    if (region) this.renaming = { kind: 'region', id: region.id }
    else if (this.focusedTrack) this.renaming = { kind: 'track', id: this.focusedTrack.id }
  }

  changeFocusedTrack(flag: 'isMuted' | 'isSoloed'): void {
    const track = this.focusedTrack
    if (track) this.toggleTrack(track, flag)
  }

  toggleTrack(track: Track, flag: 'isMuted' | 'isSoloed'): void {
    const step = flag === 'isMuted' ? (track.isMuted ? 'unmute' : 'mute') : track.isSoloed ? 'unsolo' : 'solo'
    this.session.edit(say.edits[step](track.name), (project) =>
      changeTrack(project, track.id, { [flag]: !track[flag] }),
    )
  }

  /** First a running drag, then a menu, then the selection; never a job. */
  cancel(): void {
    if (this.cancelGesture) this.cancelGesture()
    else if (this.menu) this.menu = null
    else this.selection.clear()
  }

  /** To be told of every event of the application. */
  receive(event: ApplicationEvent): void {
    this.rangeMarks.receive(event)
    if (event.kind !== 'job-changed') return
    this.conversions.jobChanged(event.job)
    this.emotionHearing.jobChanged(event.job)
    const wasEmpty = Object.keys(this.session.project.regions).length === 0
    this.imports.jobChanged(event.job)
    if (wasEmpty && Object.keys(this.session.project.regions).length > 0) this.run('zoom-song')
  }

  /** Once a frame while something moves; false when nothing does. */
  frame(nowMs: number): boolean {
    this.transport.tick(songEnd(this.session.project))
    if (this.transport.isPlaying && this.transport.isFollowing && !this.transport.isFollowSuspended)
      this.viewport.follow(this.transport.positionSamples)
    const isSounding = this.meters.read(
      nowMs,
      this.session.project.tracks.map((track) => track.id),
    )
    return this.transport.isPlaying || isSounding
  }

  dispose(): void {
    this.transport.stop()
    this.emotionHearing.dispose()
    this.outputs.dispose()
    this.session.dispose()
    this.#disposeEffects()
  }

  #connect(engine: TransportEngine): void {
    $effect(() => {
      void this.session.missingSourceIds
      untrack(() => this.waves.retry())
    })
    $effect(() => void this.rangeMarks.ask(this.session.project))
    $effect(() => engine.setArrangement(arrangementOf(this.session.project)))
    $effect(() => {
      const { isOn, startSamples, endSamples } = this.session.project.loop
      engine.setLoop(isOn ? { startSamples, endSamples } : null)
    })
    $effect(() => {
      const { time } = this.session
      if (this.transport.hasMetronome) engine.setMetronome(time)
    })
  }
}
