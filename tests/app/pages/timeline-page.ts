import { mount } from 'svelte'
import { createEngine } from '../../../src/renderer/audio/create-engine.ts'
import { allCommands } from '../../../src/renderer/state/commands/all-commands.ts'
import { Editor } from '../../../src/renderer/state/Editor.svelte.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import type { Failure } from '../../../src/shared/base/errors.ts'
import type { JobId, RegionId, RenderKey, SingerId, SourceId, TrackId } from '../../../src/shared/base/id.ts'
import type { Job } from '../../../src/shared/contract/jobs.ts'
import type { Call } from '../../../src/shared/contract/verbs.ts'
import { createPeaksBuilder, encodePeaks } from '../../../src/shared/dsp/peaks.ts'
import { createProject } from '../../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../../src/shared/project/edits/regions.ts'
import { addTrack, newSingerTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Project, Region } from '../../../src/shared/project/model.ts'
import { defaultPerformance, type Performance } from '../../../src/shared/project/performance.ts'
import '../../../src/renderer/styles/base.css'
import '../../../src/renderer/styles/tokens.css'
import { writeFloatWav } from '../../support/float-wav.ts'
import { JobList } from './JobList.svelte.ts'
import TimelinePage from './TimelinePage.svelte'

/** The editor on a page of its own: a song with a region in every state, tones for sound, and made-up answers. */
const RATE = 48_000
const SOURCE_SEC = 20
const sec = (seconds: number): number => Math.round(seconds * RATE)
// Brands are given here, for this page only.
const lead = 'a'.repeat(64) as SourceId
const gone = 'b'.repeat(64) as SourceId
const mira = 'mira' as SingerId
const jonas = 'jonas' as SingerId
const leadTrack = 'lead' as TrackId
const miraTrack = 'miratrack' as TrackId

const sung = (emotionId: string, intensity: number): Performance => ({
  ...defaultPerformance(mira),
  emotion: { emotionId, intensity },
})
const rendered = (performance: Performance, key: string): Region['render'] => ({
  key: key as RenderKey,
  sourceStartSamples: 0,
  durationSamples: sec(SOURCE_SEC),
  performance,
  singerDigest: 'digest',
  semitones: 0,
})

function song(): Project {
  const source = { originalRateHz: RATE, channelCount: 1, durationSamples: sec(SOURCE_SEC) }
  let project = createProject('page' as Project['id'], 'Paper Lanterns', RATE)
  project = {
    ...project,
    sources: { [lead]: { ...source, id: lead, name: 'lead.wav' }, [gone]: { ...source, id: gone, name: 'gone.wav' } },
  }
  for (const track of [newSourceTrack(leadTrack, 'Lead'), newSingerTrack(miraTrack, 'Mira', mira)])
    project = addTrack(project, track)
  const put = (id: string, trackId: TrackId, at: number, given: Partial<Region> = {}): void => {
    project = addRegion(
      project,
      newRegion({
        id: id as RegionId,
        trackId,
        name: id,
        sourceId: lead,
        startSamples: sec(at),
        durationSamples: sec(3),
        ...given,
      }),
    )
  }
  put('verse', leadTrack, 0)
  put('bridge', leadTrack, 4)
  put('lost', leadTrack, 8, { sourceId: gone })
  const sad = sung('sad', 0.6)
  put('converted', miraTrack, 0, {
    performance: sad,
    render: rendered(sad, 'one'),
    replacesRegionId: 'verse' as RegionId,
  })
  put('stale', miraTrack, 4, { performance: sung('sad', 0.3), render: rendered(sad, 'two') })
  put('assigned', miraTrack, 8, { performance: sad })
  put('running', miraTrack, 12, { performance: sad })
  put('failing', miraTrack, 16, { performance: sad })
  return project
}

const job = (id: string, regionId: string, given: Partial<Job>): Job => ({
  id: id as JobId,
  kind: 'convert',
  title: 'Converting',
  state: 'running',
  fraction: 0,
  phase: '',
  remainingSec: null,
  queuePosition: null,
  createdAtMs: 1,
  finishedAtMs: null,
  subject: { kind: 'region', projectId: 'page' as Project['id'], regionId: regionId as RegionId },
  outcome: null,
  failure: null,
  isRetryable: true,
  ...given,
})

/** A tone whose loudness swings once a second. */
const swinging = (hz: number, loudness: number): Float32Array<ArrayBuffer> =>
  Float32Array.from(
    { length: sec(SOURCE_SEC) },
    (_, index) => loudness * Math.sin((Math.PI * index) / RATE) ** 2 * Math.sin((2 * Math.PI * hz * index) / RATE),
  )
const sourceTone = swinging(220, 0.5)
const renderTone = swinging(165, 0.25)
/** What Mira sings is lower and softer. */
const tone = (id: string): Float32Array<ArrayBuffer> => (id.includes('/render/') ? renderTone : sourceTone)
const peaksOf = (sound: Float32Array): Uint8Array<ArrayBuffer> => {
  const builder = createPeaksBuilder()
  builder.push([sound])
  return new Uint8Array(encodePeaks(builder.finish()))
}
const [sourcePeaks, renderPeaks] = [peaksOf(sourceTone), peaksOf(renderTone)]
const peaks = (id: string): ArrayBuffer => (id.includes('/render/') ? renderPeaks : sourcePeaks).slice().buffer

const jobs = new JobList()
const failure: Failure = { code: 'audio-unvoiced', message: 'No voice was found.' }
jobs.jobs = [
  job('j1', 'running', { fraction: 0.5, remainingSec: 8 }),
  job('j2', 'failing', { state: 'failed', failure }),
]
const said: string[] = []
const asked: string[] = []
let jobCount = 0
const call = ((name: string) => {
  asked.push(name)
  if (name === 'project:pitchOutlines') return Promise.resolve([])
  return Promise.resolve(name === 'project:convert' ? { jobId: `made${++jobCount}` } : { path: '/a', savedAtMs: 1 })
}) as Call // stands in for every verb
const singer = {
  lowestHz: 160,
  highestHz: 700,
  medianHz: 330,
  origin: 'trained',
  licence: '',
  consent: '',
  trainedFromSec: 1,
  createdAtMs: 1,
  digest: 'digest',
  converter: '',
  learnedFraction: 1,
} as const
const singers = [
  { ...singer, id: mira, name: 'Mira', hueIndex: 0 },
  { ...singer, id: jonas, name: 'Jonas', hueIndex: 1 },
]
const playback = createEngine(RATE, (id) => Promise.resolve(writeFloatWav([tone(id)], RATE)))
const editor = new Editor({
  opened: {
    projectId: 'page' as Project['id'],
    document: song(),
    path: '/a',
    wasRecovered: false,
    copyOf: null,
    missingSourceIds: [gone],
  },
  call,
  jobs,
  catalog: {
    singers,
    performers: singers,
    emotions: [
      { id: 'neutral', label: 'Neutral', gesture: 'flat' },
      { id: 'sad', label: 'Sad', gesture: 'falling' },
    ],
  },
  media: {
    fetchMedia: (id) => Promise.resolve(writeFloatWav([tone(id)], RATE)),
    fetchPeaks: (id) => Promise.resolve(peaks(id)),
    fileReferences: (files) =>
      Promise.resolve(files.map((file) => ({ kind: 'upload', uploadId: '0'.repeat(32), fileName: file.name }))),
  },
  engine: playback.engine,
  meters: playback.mixer,
  outputs: playback.outputs,
  random: createRandom(1),
  commandsOf: allCommands,
  host: {
    newProject: () => {},
    openProject: () => {},
    save: () => Promise.resolve(true),
    saveAs: () => {},
    closeProject: () => {},
    chooseImports: () => said.push('choose imports'),
    exportProject: () => {},
    trainSinger: () => {},
    showShortcuts: () => {},
    showPreferences: () => {},
    togglePanel: () => {},
    isPanelOpen: () => true,
    focusNextPanel: () => {},
    say: (message) => said.push(message),
    tell: (message) => said.push(message),
    fail: (what) => said.push(what),
  },
})
editor.viewport.samplesPerPx = RATE / 40

export interface TimelineTestPage {
  readonly editor: Editor
  readonly said: readonly string[]
  readonly asked: readonly string[]
  setJobs(list: readonly Job[]): void
  job: typeof job
}
const timelinePage: TimelineTestPage = { editor, said, asked, job, setJobs: (list) => (jobs.jobs = list) }
Object.assign(window, { timelinePage })
const target = document.getElementById('app')
if (target) mount(TimelinePage, { target, props: { editor } })
document.documentElement.dataset.ready = ''
