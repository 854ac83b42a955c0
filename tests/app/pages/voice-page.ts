import { mount } from 'svelte'
import App from '../../../src/renderer/App.svelte'
import type { Bridge } from '../../../src/renderer/bridge.ts'
import { createAppContext } from '../../../src/renderer/create-app-context.ts'
import { PathQuestions } from '../../../src/renderer/state/PathQuestions.svelte.ts'
import type { Editor } from '../../../src/renderer/state/Editor.svelte.ts'
import '../../../src/renderer/styles/base.css'
import '../../../src/renderer/styles/tokens.css'
import type { JobId } from '../../../src/shared/base/id.ts'
import type { Job } from '../../../src/shared/contract/jobs.ts'
import type { ApplicationEvent, Call, Request } from '../../../src/shared/contract/verbs.ts'
import { createPeaksBuilder, encodePeaks } from '../../../src/shared/dsp/peaks.ts'
import { writeFloatWav } from '../../support/float-wav.ts'
import { engineReport } from './voice-engine.ts'
import { emotions, RATE, pitchOf, singers, soundOf, song } from './voice-song.ts'

/** The whole window over a made-up application: a song with takes, blends and curves, and tones that sing. */
const listeners = new Set<(event: ApplicationEvent) => void>()
const asked: { readonly name: string; readonly request: unknown }[] = []
let jobs: readonly Job[] = []
let jobCount = 0

const answers: Readonly<Record<string, (request: unknown) => unknown>> = {
  'application:describe': () => ({
    version: '1',
    host: 'headless',
    platform: 'linux',
    homeFolder: '/home/somebody',
    emotions,
    notices: [],
    toldNotices: [],
  }),
  'singer:list': () => singers,
  'emotion:list': () => [],
  'vocoder:list': () => [],
  'domain:list': () => [],
  'watch:describe': () => ({ folder: null, newFiles: [] }),
  'jobs:list': () => jobs,
  'project:pitchOutlines': () => [],
  'project:pitch': (request) => {
    const { sourceStartSamples, durationSamples } = request as Request<'project:pitch'> // asked by this very verb
    return { startSamples: sourceStartSamples, pitch: pitchOf(sourceStartSamples, durationSamples) }
  },
  'project:listRecent': () => [],
  'project:listRecoveries': () => [],
  'project:openDemo': () => opened(),
  'project:open': () => opened(),
  'engine:describe': () => engineReport,
}
const opened = () => ({
  projectId: 'page',
  document: song(),
  path: '/songs/Paper Lanterns.understudy',
  wasRecovered: false,
  copyOf: null,
  missingSourceIds: [],
})
const call = ((name: string, request: unknown) => {
  asked.push({ name, request })
  const answer = answers[name]
  return Promise.resolve(answer ? answer(request) : { jobId: `job${++jobCount}`, path: '/a', savedAtMs: 1 })
}) as Call // stands in for every verb

const peaks = new Map<Float32Array, Uint8Array<ArrayBuffer>>()
function peaksOf(sound: Float32Array): Uint8Array<ArrayBuffer> {
  const known = peaks.get(sound)
  if (known !== undefined) return known
  const builder = createPeaksBuilder()
  builder.push([sound])
  const encoded = new Uint8Array(encodePeaks(builder.finish()))
  peaks.set(sound, encoded)
  return encoded
}

const bridge: Bridge = {
  call,
  onEvent(listener) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  onConnection(listener) {
    listener('connected')
    return () => {}
  },
  onCommand: () => () => {},
  fetchMedia: (id) => Promise.resolve(writeFloatWav([soundOf(id)], RATE)),
  fetchPeaks: (id) => Promise.resolve(peaksOf(soundOf(id)).slice().buffer),
  fileReferences: () => Promise.resolve([]),
  chooseFiles: () => Promise.resolve([]),
  chooseFolder: () => Promise.resolve(null),
  chooseSavePath: () => Promise.resolve(null),
  showInFolder: null,
  setDocumentState: () => {},
  setMenuState: () => {},
  dragOut: null,
  closeWindow: () => {},
  hasNativeMenu: false,
}

export interface VoicePage {
  readonly editor: () => Editor
  readonly asked: readonly { readonly name: string; readonly request: unknown }[]
  /** A job as the application tells of it. */
  tellJob(job: Partial<Omit<Job, 'id'>> & { id: string }): void
}
const context = createAppContext(bridge)
const voicePage: VoicePage = {
  editor() {
    const { editor } = context.workspace
    if (!editor) throw new Error('no song is open')
    return editor
  },
  asked,
  tellJob(given) {
    const job: Job = { ...plainJob, ...given, id: given.id as JobId } // brands are given here, for this page only
    jobs = [job, ...jobs.filter((other) => other.id !== job.id)]
    for (const listener of listeners) listener({ kind: 'job-changed', job })
  },
}
const plainJob: Omit<Job, 'id'> = {
  kind: 'convert',
  title: 'Converting',
  state: 'running',
  fraction: 0,
  phase: '',
  remainingSec: null,
  queuePosition: null,
  createdAtMs: 1,
  finishedAtMs: null,
  subject: { kind: 'machine' },
  outcome: null,
  failure: null,
  isRetryable: true,
}
Object.assign(window, { voicePage })
const target = document.getElementById('app')
if (target) mount(App, { target, props: { context, pathQuestions: new PathQuestions() } })
context.acts.openDemo()
document.documentElement.dataset.ready = ''
