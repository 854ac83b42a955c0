import { createRandom } from '../../src/shared/base/random.ts'
import type { JobId, ProjectId, RegionId } from '../../src/shared/base/id.ts'
import type { TrainedDomain } from '../../src/shared/contract/domains.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { Emotion, Singer } from '../../src/shared/contract/library.ts'
import type { Call } from '../../src/shared/contract/verbs.ts'
import type { Project } from '../../src/shared/project/model.ts'
import type { OutputPort } from '../../src/renderer/audio/outputs.ts'
import { allCommands } from '../../src/renderer/state/commands/all-commands.ts'
import { Editor } from '../../src/renderer/state/Editor.svelte.ts'
import type { EditorHost, Timers } from '../../src/renderer/state/ports.ts'
import { failureOf } from '../../src/renderer/state/Shell.svelte.ts'
import type { TransportEngine } from '../../src/renderer/state/Transport.svelte.ts'
import { horn, jonas, mira, projectId, smallSong } from './documents.ts'

/** A clock that a test turns by hand. */
export class TestTimers implements Timers {
  #nowMs = 0
  #waiting: { atMs: number; act: () => void }[] = []

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, act: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, act }
    this.#waiting.push(entry)
    return () => (this.#waiting = this.#waiting.filter((other) => other !== entry))
  }

  /** Lets time pass, with everything that is due on the way. */
  pass(ms: number): void {
    const end = this.#nowMs + ms
    for (;;) {
      const [next] = this.#waiting.filter((entry) => entry.atMs <= end).sort((a, b) => a.atMs - b.atMs)
      if (!next) break
      this.#waiting = this.#waiting.filter((entry) => entry !== next)
      this.#nowMs = next.atMs
      next.act()
    }
    this.#nowMs = end
  }
}

export const singer = (id: Singer['id'], name: string, hueIndex: number): Singer => ({
  id,
  name,
  hueIndex,
  lowestHz: 160,
  highestHz: 700,
  medianHz: 330,
  origin: 'trained',
  licence: 'CC0-1.0',
  consent: 'given',
  trainedFromSec: 120,
  createdAtMs: 1,
  digest: `digest-of-${id}`,
  converter: 'spectral-autoencoder',
  learnedFraction: 1,
})

export const domain = (id: TrainedDomain['id'], name: string): TrainedDomain => ({
  id,
  name,
  converter: 'translation',
  digest: `digest-of-${id}`,
  hueIndex: 2,
  hasPitch: false,
  licence: 'CC0-1.0',
  learnedFrom: 'a made horn',
  recordedSec: 60,
  beside: [],
  steps: 10,
  heldOutLoss: null,
  createdAtMs: 1,
})

export const emotions: readonly Emotion[] = [
  { id: 'neutral', label: 'Neutral', gesture: 'flat' },
  { id: 'sad', label: 'Sad', gesture: 'falling' },
]

/** A conversion job of the small song. */
export const convertJob = (regionId: RegionId, given: Partial<Job>): Job => ({
  id: 'job1' as JobId, // brands are given in tests
  kind: 'convert',
  title: 'Converting',
  state: 'queued',
  fraction: 0,
  phase: '',
  remainingSec: null,
  queuePosition: 1,
  createdAtMs: 1,
  finishedAtMs: null,
  subject: { kind: 'region', projectId, regionId },
  outcome: null,
  failure: null,
  isRetryable: false,
  ...given,
})

export interface TestEditor {
  readonly editor: Editor
  readonly timers: TestTimers
  readonly said: string[]
  /** What was asked of the application, in order. */
  readonly asked: { readonly name: string; readonly request: unknown }[]
  readonly engine: TransportEngine & { at: number | null }
  readonly jobs: { jobs: Job[] }
}

/** A machine with one unnamed output that never changes. */
export const silentOutputs: OutputPort = {
  list: () => Promise.resolve([]),
  use: () => Promise.resolve(),
  askForNames: () => Promise.resolve(),
  onChange: () => () => {},
}

/** An editor with nothing behind it: answers are made up, time stands still until a test lets it pass. */
export function createTestEditor(document: Project = smallSong(), answer?: (name: string) => unknown): TestEditor {
  const timers = new TestTimers()
  const said: string[] = []
  const asked: { name: string; request: unknown }[] = []
  const jobs: { jobs: Job[] } = { jobs: [] }
  let jobCount = 0
  const answers = (name: string): unknown => {
    const given = answer?.(name)
    if (given !== undefined) return given
    if (['project:convert', 'project:import', 'project:locate'].includes(name)) return { jobId: `job${++jobCount}` }
    return { path: '/songs/lanterns.understudy', savedAtMs: timers.nowMs() }
  }
  const call = ((name: string, request: unknown) => {
    asked.push({ name, request })
    return Promise.resolve().then(() => answers(name))
  }) as Call // stands in for every verb
  const engine = testEngine()
  const singers = [singer(mira, 'Mira', 0), singer(jonas, 'Jonas', 1)]
  const editor = new Editor({
    opened: {
      projectId: document.id as ProjectId,
      document,
      path: '/songs/a.understudy',
      wasRecovered: false,
      copyOf: null,
      missingSourceIds: [],
    },
    call,
    jobs,
    catalog: { singers, performers: [...singers, domain(horn, 'Horn')], emotions },
    media: {
      fetchMedia: () => Promise.resolve(new ArrayBuffer(0)),
      fetchPeaks: () => Promise.resolve(new ArrayBuffer(0)),
      fileReferences: () => Promise.resolve([]),
    },
    commandsOf: allCommands,
    host: testHost(said),
    engine,
    meters: {
      stripPeakDb: () => -Infinity,
      readMaster: () => ({ peaksDb: [-Infinity, -Infinity], truePeakDb: -Infinity }),
    },
    outputs: silentOutputs,
    random: createRandom(1),
    timers,
  })
  return { editor, timers, said, asked, engine, jobs }
}

function testEngine(): TransportEngine & { at: number | null } {
  return {
    at: null,
    isPlaying: false,
    play(fromSamples) {
      this.at = fromSamples
      return Promise.resolve()
    },
    stop() {
      this.at = null
    },
    positionSamples() {
      return this.at
    },
    setArrangement() {},
    setLoop() {},
    setMetronome() {},
    listenTo() {},
    matchLoudness() {},
    setMasterGainDb() {},
  }
}

const testHost = (said: string[]): EditorHost => ({
  newProject: () => said.push('new project'),
  openProject: () => said.push('open project'),
  save: () => Promise.resolve(said.push('save') > 0),
  saveAs: () => said.push('save as'),
  closeProject: () => said.push('close project'),
  chooseImports: () => said.push('choose imports'),
  exportProject: () => said.push('export'),
  trainSinger: () => said.push('train'),
  showShortcuts: () => said.push('shortcuts'),
  showPreferences: () => said.push('preferences'),
  togglePanel: (panel) => said.push(`toggle ${panel}`),
  isPanelOpen: () => true,
  focusNextPanel: () => {},
  say: (message) => said.push(message),
  tell: (message) => said.push(message),
  fail: (what, error) => said.push(`${what}: ${failureOf(error).message}`),
})

/** Lets answered promises run on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
