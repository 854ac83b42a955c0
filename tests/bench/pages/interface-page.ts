import { flushSync, mount, unmount } from 'svelte'
import { createEngine } from '../../../src/renderer/audio/create-engine.ts'
import { allCommands } from '../../../src/renderer/state/commands/all-commands.ts'
import { Editor } from '../../../src/renderer/state/Editor.svelte.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import type { RegionId, RenderKey, SingerId, SourceId, TrackId } from '../../../src/shared/base/id.ts'
import type { Call } from '../../../src/shared/contract/verbs.ts'
import { createPeaksBuilder, encodePeaks } from '../../../src/shared/dsp/peaks.ts'
import { createProject } from '../../../src/shared/project/edits/document.ts'
import { newRegion } from '../../../src/shared/project/edits/regions.ts'
import { newSingerTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Project, Region } from '../../../src/shared/project/model.ts'
import { defaultPerformance } from '../../../src/shared/project/performance.ts'
import { parseProject } from '../../../src/shared/project/parse.ts'
import '../../../src/renderer/styles/base.css'
import '../../../src/renderer/styles/tokens.css'
import { writeFloatWav } from '../../support/float-wav.ts'
import TimelinePage from '../../app/pages/TimelinePage.svelte'

/** A big song on a page of its own, to be scrolled, played, opened and closed. */
const RATE_HZ = 48_000
const LANE_COUNT = 24
const REGION_COUNT = 2000
const SONG_SEC = 240
const singerId = 'mira' as SingerId // brands are given here, for this page only

function bigSong(): string {
  const tracks = Array.from({ length: LANE_COUNT }, (_, lane) =>
    lane % 2 === 0
      ? newSourceTrack(`lane${lane}` as TrackId, `Stem ${lane}`)
      : newSingerTrack(`lane${lane}` as TrackId, `Singer ${lane}`, singerId),
  )
  const perLane = Math.ceil(REGION_COUNT / LANE_COUNT)
  const stepSamples = Math.floor((SONG_SEC * RATE_HZ) / perLane)
  const regions = Array.from({ length: REGION_COUNT }, (_, index): Region => {
    const lane = index % LANE_COUNT
    const place = Math.floor(index / LANE_COUNT)
    const region = newRegion({
      id: `region${index}` as RegionId,
      trackId: tracks[lane].id,
      name: `Part ${place}`,
      sourceId: sourceOf(lane),
      sourceStartSamples: place * stepSamples,
      startSamples: place * stepSamples,
      durationSamples: Math.floor(stepSamples * 0.9),
      performance: lane % 2 === 1 ? defaultPerformance(singerId) : null,
    })
    return lane % 2 === 1 ? { ...region, ...takesOf(index, region) } : region
  })
  const project: Project = {
    ...createProject('big' as Project['id'], 'Big', RATE_HZ),
    tracks,
    regions: Object.fromEntries(regions.map((region) => [region.id, region])),
    sources: Object.fromEntries(
      tracks.map((track, lane) => [
        sourceOf(lane),
        {
          id: sourceOf(lane),
          name: track.name,
          originalRateHz: RATE_HZ,
          channelCount: 1,
          durationSamples: SONG_SEC * RATE_HZ,
        },
      ]),
    ),
  }
  return JSON.stringify(project)
}

/** Two takes, put together in the middle, and an intensity that is drawn. */
function takesOf(index: number, region: Region): Pick<Region, 'performance' | 'render' | 'takes' | 'comp'> {
  const { sourceStartSamples, durationSamples } = region
  const points = [0, 0.25, 0.5, 0.75, 1].map((share, at) => ({
    atSamples: sourceStartSamples + Math.round(share * durationSamples),
    value: at % 2 === 0 ? 0.3 : 0.9,
  }))
  const plain = defaultPerformance(singerId)
  const performance = { ...plain, curves: { ...plain.curves, intensity: points } }
  const takes = [1, 2].map((number) => ({
    number,
    isStarred: false,
    render: {
      key: (2 * index + number).toString(16).padStart(64, '0') as RenderKey,
      sourceStartSamples,
      durationSamples,
      performance,
      singerDigest: 'digest',
      semitones: 0,
    },
  }))
  const comp = [
    { startSamples: sourceStartSamples, takeNumber: 1 },
    { startSamples: sourceStartSamples + Math.round(durationSamples / 2), takeNumber: 2 },
  ]
  return { performance, render: takes[1].render, takes, comp }
}

const sourceOf = (lane: number): SourceId => lane.toString(16).padStart(64, '0') as SourceId
const sound = Float32Array.from(
  { length: SONG_SEC * RATE_HZ },
  (_, index) => 0.5 * Math.sin(index / 30) * Math.sin(index / 90_000),
)
const peaksOf = (samples: Float32Array): ArrayBuffer => {
  const builder = createPeaksBuilder()
  builder.push([samples])
  return new Uint8Array(encodePeaks(builder.finish())).buffer
}
const peaks = peaksOf(sound)
/** A render is as long as its region. */
const renderPeaks = peaksOf(sound.subarray(0, Math.floor((SONG_SEC * RATE_HZ * LANE_COUNT) / REGION_COUNT)))
const media = writeFloatWav([sound.subarray(0, 20 * RATE_HZ)], RATE_HZ)
const text = bigSong()
const nothing = (): void => {}

function openSong() {
  const parsed = parseProject(JSON.parse(text))
  if (!parsed.ok) throw new Error(parsed.failure.message)
  const playback = createEngine(RATE_HZ, () => Promise.resolve(media))
  const editor = new Editor({
    opened: {
      projectId: parsed.value.id,
      document: parsed.value,
      path: '/big',
      wasRecovered: false,
      copyOf: null,
      missingSourceIds: [],
    },
    call: (() => Promise.resolve([])) as unknown as Call, // nothing that is answered is looked at
    jobs: { jobs: [] },
    catalog: { singers: [], performers: [], emotions: [] },
    media: {
      fetchMedia: () => Promise.resolve(media),
      fetchPeaks: (mediaId) => Promise.resolve(mediaId.includes('/render/') ? renderPeaks : peaks),
      fileReferences: () => Promise.resolve([]),
    },
    engine: playback.engine,
    meters: playback.mixer,
    outputs: playback.outputs,
    random: createRandom(1),
    commandsOf: allCommands,
    host: {
      newProject: nothing,
      openProject: nothing,
      save: () => Promise.resolve(true),
      saveAs: nothing,
      closeProject: nothing,
      chooseImports: nothing,
      exportProject: nothing,
      trainSinger: nothing,
      showShortcuts: nothing,
      showPreferences: nothing,
      togglePanel: nothing,
      isPanelOpen: () => true,
      focusNextPanel: nothing,
      say: nothing,
      tell: nothing,
      fail: nothing,
    },
  })
  const target = document.getElementById('app') ?? document.body
  const shown = mount(TimelinePage, { target, props: { editor } })
  flushSync()
  return {
    editor,
    playback,
    async close() {
      await unmount(shown)
      editor.dispose()
      await playback.close()
    },
  }
}

type OpenSong = ReturnType<typeof openSong>
let song: OpenSong | null = null

const interfacePage = {
  /** Until the lanes are there and everything in sight was asked to be drawn. */
  async open(): Promise<void> {
    await song?.close()
    await inTask(() => (song = openSong()))
    await nextFrame()
  },
  /** Without a frame in between: what the screen costs is not the question. */
  async openAndClose(count: number): Promise<void> {
    await song?.close()
    song = null
    for (let cycle = 0; cycle < count; cycle++) await openSong().close()
  },
  /** One frame of scrolling: the state changes, the page follows, all waves that came into sight are drawn. */
  scrollBy(px: number): Promise<void> {
    return inTask(() => {
      const viewport = song?.editor.viewport
      viewport?.scrollTo(viewport.scrollPx + px)
      flushSync()
    })
  },
  zoomTo(samplesPerPx: number): void {
    if (song) song.editor.viewport.samplesPerPx = samplesPerPx
    flushSync()
  },
  /** Opens the lanes of curves and of takes below every singer's track. */
  openSubLanes(): void {
    if (!song) return
    song.editor.subLanes.showsCurves = true
    song.editor.subLanes.showsTakes = true
    song.editor.viewport.scrollTo(0)
    flushSync()
  },
  subLaneCount: (): number => document.querySelectorAll('[data-sub-lane]').length,
  async waitForWaves(): Promise<number> {
    const unpainted = (): number => document.querySelectorAll('[data-region] canvas:not([data-painted=wave])').length
    while (unpainted() > 0) await nextFrame()
    return document.querySelectorAll('[data-region] canvas').length
  },
  /** Milliseconds of the audio clock from a key to the first sample, without what the device adds. */
  async keyToSound(): Promise<number> {
    if (!started) await pressSpaceTwice()
    const { context } = started ?? { context: null }
    if (!context) return Infinity
    started = null
    const pressedSec = context.currentTime
    await pressSpaceTwice()
    return (firstStartSec - pressedSec) * 1000
  },
}

/** The first source of a play, as it was started. */
let started: { readonly context: BaseAudioContext } | null = null
let firstStartSec = Infinity
const startSource = AudioBufferSourceNode.prototype.start
AudioBufferSourceNode.prototype.start = function (when, ...rest) {
  if (!started) firstStartSec = when ?? 0
  started ??= { context: this.context }
  startSource.call(this, when, ...rest)
}

async function pressSpaceTwice(): Promise<void> {
  const press = (): boolean =>
    window.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', code: 'Space', bubbles: true }))
  press()
  while (!started) await new Promise((resolve) => setTimeout(resolve, 1))
  press()
}
/** In a task of the page's own: the browser counts no time of what is asked from outside. */
const inTask = (act: () => unknown): Promise<void> =>
  new Promise((resolve) =>
    setTimeout(() => {
      act()
      resolve()
    }),
  )
const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

export type InterfacePage = typeof interfacePage
Object.assign(window, { interfacePage })
document.documentElement.dataset.ready = ''
