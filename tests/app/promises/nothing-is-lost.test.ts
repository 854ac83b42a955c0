import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readSafetensors } from '../../../src/shared/formats/safetensors.ts'
import type { JobId, SingerId } from '../../../src/shared/base/id.ts'
import type { ApplicationEvent } from '../../../src/shared/contract/verbs.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder, temporaryFolder } from '../../support/temporary-folder.ts'
import { ownSingers } from '../../support/own-singers.ts'

// Real training and conversion, on a machine that may be busy with the other tests.
vi.setConfig({ testTimeout: 240_000 })

const doomed = resolve(import.meta.dirname, '../../support/doomed-studio.ts')
const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)

beforeAll(() => {
  writeUntrainedSinger(path('mira.singer'), 'Mira')
  writeVoice(path('long.wav'), [sungVoice('lead')], VOICE_RATE_HZ, 15)
  writeVoice(path('import.wav'), [sungVoice('harmony')], 44_100, 80)
  writeClips(folder)
})
afterAll(() => removeFolder(folder))

/** Two of six seconds: a base is tuned with as little. */
function writeClips(place: string): void {
  for (const seed of [1, 2])
    writeVoice(join(place, `clip ${seed}.wav`), [sungVoice('low', seed).subarray(0, 6 * VOICE_RATE_HZ)])
}

/** Runs a host until `isDoomed` says so of a line, and kills it then. Gives the lines. */
async function killAt(place: string, doing: string, isDoomed: (line: string) => boolean): Promise<string[]> {
  const child = spawn(process.execPath, [doomed, place, doing], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, UNDERSTUDY_BACKEND: 'wasm' },
  })
  const lines: string[] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    if (parts.some(isDoomed)) child.kill('SIGKILL')
  })
  const signal = await new Promise((settle) => child.on('close', (_code, ended) => settle(ended)))
  expect(signal).toBe('SIGKILL')
  return lines
}

const partials = (place: string) =>
  (existsSync(place) ? readdirSync(place, { recursive: true }).map(String) : []).filter((name) =>
    name.includes('.part'),
  )

test('a host killed while it converts and imports: the song is whole, nothing is half there, and the person is told', async () => {
  await killAt(folder, 'convert', (line) => line === 'working')
  const media = path('Song media')
  // Its worker notices that nobody waits any more, and lets go of what it had begun.
  await vi.waitFor(() => expect(partials(join(media, 'renders'))).toEqual([]), { timeout: 120_000 })
  expect(readdirSync(join(media, 'renders'))).toEqual([])

  const studio = await openStudio(path('home'))
  try {
    const { notices } = await studio.ask('application:describe', {})
    expect(notices).toHaveLength(2)
    expect(notices.join(' ')).toMatch(/“Converting Whole for Mira” was running when the program ended/)
    expect(notices.join(' ')).toMatch(/“Importing import.wav” was running when the program ended/)
    const interrupted = (await studio.ask('jobs:list', {})).filter(({ state }) => state === 'failed')
    expect(interrupted.map((job) => [job.kind, job.failure?.code, job.isRetryable]).sort()).toEqual([
      ['convert', 'job-interrupted', true],
      ['import', 'job-interrupted', true],
    ])

    const project = await studio.ask('project:open', { path: path('Song.understudy') })
    expect([project.document.name, project.missingSourceIds]).toEqual(['Song', []])
    expect(partials(media)).toEqual([])
    expect(readdirSync(join(media, 'sources'))).toEqual(Object.keys(project.document.sources).map((id) => `${id}.wav`))
    const [recovery] = await studio.ask('project:listRecoveries', {})
    expect((await studio.ask('project:recover', { projectId: recovery.projectId })).document.name).toBe('Song, edited')

    const [source] = Object.values(project.document.sources)
    const [singer] = await ownSingers(studio.ask('singer:list', {}))
    const again = wholeSource(project, source, singer, { durationSamples: 24_000 })
    await studio.outcome('convert', await studio.ask('project:convert', again))
  } finally {
    await studio.close()
  }
})

const isAnew = (event: ApplicationEvent, { jobId }: { readonly jobId: JobId }): boolean =>
  event.kind === 'job-changed' && event.job.id === jobId && event.job.phase.startsWith('starting again')

test('a worker killed while it converts is replaced and the job goes on; killed again, that job alone fails and leaves no render', async () => {
  const studio = await openStudio(join(temporaryFolder(), 'home'))
  try {
    const file = { kind: 'path' as const, path: path('mira.singer') }
    const singer = await studio.ask('singer:import', { file })
    const project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
    const source = await studio.importPath(project.projectId, path('long.wav'))
    const job = await studio.ask('project:convert', wholeSource(project, source, singer))
    await studio.underWay(job)
    const anew = studio.heard((event) => isAnew(event, job))
    studio.killWorker('interactive')
    await anew
    // The second worker works on it.
    await studio.heard((event) => event.kind === 'job-changed' && event.job.id === job.jobId && !isAnew(event, job))
    studio.killWorker('interactive')
    expect(await studio.ended(job)).toMatchObject({
      state: 'failed',
      isRetryable: true,
      failure: { code: 'engine-stopped', remedy: 'Try again.' },
    })
    const renders = join(studio.paths.unsavedFolder, project.projectId, 'renders')
    expect(readdirSync(renders).filter((name) => name.endsWith('.wav'))).toEqual([])
    const next = wholeSource(project, source, singer, { durationSamples: 24_000 })
    await studio.outcome('convert', await studio.ask('project:convert', next))
    expect(studio.workersStarted()).toBe(3)
  } finally {
    await studio.close()
  }
})

interface Learned {
  readonly tensors: ReadonlyMap<string, Uint8Array>
  readonly record: string | undefined
}

/** Lets a training get past its first check, and gives the checkpoint of that check. */
async function learnPastFirstCheck(studio: Studio, singerId: SingerId): Promise<Learned> {
  await studio.heard((event) => event.kind === 'training-progressed' && event.point.heldOutLoss !== null)
  // The next point comes after the checkpoint of the check was written.
  await studio.heard((event) => event.kind === 'training-progressed')
  const bytes = readFileSync(join(studio.paths.homeFolder, 'trainings', singerId, 'training.safetensors'))
  const file = readSafetensors(bytes)
  if (!file.ok) throw new Error(file.failure.message)
  const { tensors, metadata } = file.value
  return {
    tensors: new Map([...tensors].map(([name, tensor]) => [name, tensor.bytes])),
    record: metadata['record'],
  }
}

async function uninterrupted(): Promise<Learned> {
  const studio = await openStudio(join(temporaryFolder(), 'home'))
  try {
    const files = [1, 2].map((seed) => ({ kind: 'path' as const, path: path(`clip ${seed}.wav`) }))
    const { clips } = await studio.outcome('inspect', await studio.ask('singer:inspectClips', { files }))
    const { singerId } = await studio.ask('singer:train', {
      name: 'Bruno',
      hueIndex: 1,
      consent: 'a synthesized voice',
      clipIds: clips.map(({ clipId }) => clipId),
      preset: 'quick',
      seed: 7,
    })
    return await learnPastFirstCheck(studio, singerId)
  } finally {
    await studio.close()
  }
}

async function killedTwice(): Promise<Learned> {
  const place = temporaryFolder()
  writeClips(place)
  await killAt(place, 'train', (line) => line === 'learning')
  const studio = await openStudio(join(place, 'home'))
  try {
    const { notices } = await studio.ask('application:describe', {})
    expect(notices).toEqual(['“Training Bruno” was running when the program ended. It can go on where it stopped.'])
    const training = (await studio.ask('jobs:list', {})).find(({ kind }) => kind === 'train')
    if (training?.subject.kind !== 'singer') throw new Error('the training is not listed')
    expect(training).toMatchObject({ state: 'paused', isRetryable: true })
    expect(training.fraction).toBeGreaterThan(0)
    const jobId: JobId = training.id

    await studio.ask('jobs:resume', { jobId })
    await studio.heard((event) => event.kind === 'training-progressed')
    const anew = studio.heard((event) => isAnew(event, { jobId }))
    studio.killWorker('training')
    await anew
    return await learnPastFirstCheck(studio, training.subject.singerId)
  } finally {
    await studio.close()
  }
}

test('a training whose host and whose worker are killed is told, goes on, and learns what it would have learned, bit for bit', async () => {
  const [whole, broken] = await Promise.all([uninterrupted(), killedTwice()])
  expect(broken.record).toBe(whole.record)
  expect([...broken.tensors.keys()]).toEqual([...whole.tensors.keys()])
  for (const [name, bytes] of whole.tensors) {
    expect([name, Buffer.compare(Buffer.from(bytes), Buffer.from(broken.tensors.get(name) ?? []))]).toEqual([name, 0])
  }
})
