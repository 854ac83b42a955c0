import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createWorkerFork } from '../../../../src/main/compute/workers/fork-worker.ts'
import type { TaskOutcome } from '../../../../src/main/compute/workers/lane-task.ts'
import { createComputePool, type ComputePool } from '../../../../src/main/compute/workers/pool.ts'
import { createWavWriter, openWavReader } from '../../../../src/main/files/wav-file.ts'
import type { ComputeTask, ConvertRequest, TrainRequest } from '../../../../src/shared/contract/compute.ts'
import type { SingerId, SourceId } from '../../../../src/shared/base/id.ts'
import { readSingerFile } from '../../../../src/shared/formats/singer-file.ts'
import { readPitch } from '../../../../src/shared/melody/index.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { makeSingerClips } from '../../../../src/shared/synthesizer/demo-song.ts'
import { voices } from '../../../../src/shared/synthesizer/voices.ts'
import { makeTemporaryFolder, removeFolder } from '../../../support/temporary-folder.ts'

/** The real worker in a process of its own, on voices that the synthesizer sings. */
const rateHz = 24_000
const workerPath = fileURLToPath(new URL('../../../../src/main/compute/worker.ts', import.meta.url))
const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
let pool: ComputePool

// Real training and conversion, on a machine that may be busy with the other tests.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(() => {
  pool = createComputePool({
    workerPath,
    roles: ['interactive', 'training'],
    fork: createWorkerFork({ modelsFolder: path('models'), enginesFolder: null }),
  })
  writeWav('first.wav', makeSingerClips(voices.low, 1, rateHz, 3)[0].samples)
  writeWav('other.wav', makeSingerClips(voices.lead, 1, rateHz, 9)[0].samples.slice(0, 5 * rateHz + 17))
})
afterAll(() => {
  pool.stop()
  removeFolder(folder)
})

function writeWav(name: string, samples: Float32Array): void {
  const writer = createWavWriter(path(name), { rateHz, channelCount: 1, encoding: 'float32' })
  writer.write([samples])
  writer.finish()
}

const clip = (name: string) => ({ clipId: name as SourceId, fileName: name, path: path(name) }) // an id for tests

function resultOf<Kind extends ComputeTask['kind']>(outcome: TaskOutcome, kind: Kind) {
  if (outcome.kind !== 'done' || outcome.result.kind !== kind) throw new Error(JSON.stringify(outcome))
  return outcome.result as Extract<typeof outcome.result, { kind: Kind }> // the kind was just compared
}

const failureCodeOf = (outcome: TaskOutcome) => (outcome.kind === 'failed' ? outcome.failure.code : outcome.kind)

const trainRequest = (names: readonly string[], work: string): TrainRequest => ({
  clips: names.map(clip),
  name: 'Low',
  consent: 'a synthesized voice',
  licence: 'CC0',
  createdAtMs: 1_700_000_000_000,
  preset: 'quick',
  size: 'tiny',
  seed: 1,
  workFolder: path(work),
  singerPath: path(`${work}.singer`),
})

test('inspecting says of every clip whether it is fit, and why, and one bad file does not stop the rest', async () => {
  writeWav('silent.wav', new Float32Array(2 * rateHz))
  writeWav('short.wav', new Float32Array(rateHz / 2).fill(0.1))
  writeWav('broken.wav', new Float32Array(2 * rateHz).fill(NaN))
  writeWav(
    'noise.wav',
    Float32Array.from({ length: 3 * rateHz }, (_, index) => 0.3 * Math.sin(index * index * 0.37)),
  )
  const names = ['first.wav', 'first.wav', 'silent.wav', 'short.wav', 'broken.wav', 'noise.wav', 'missing.wav']
  const asked = names.map((name) => ({ ...clip(name), original: null }))
  const request = { clips: asked, recordsFolder: path('records') }
  const outcome = await pool.run('interactive', { kind: 'inspect', request }).done
  const { clips } = resultOf(outcome, 'inspect')
  expect(clips.map(({ isKept }) => isKept)).toEqual([true, false, false, false, false, false, false])
  const reasons = [
    'clean',
    'same audio as first.wav',
    'silent',
    'at least 1 s',
    'not numbers',
    'a pitch',
    'missing.wav',
  ]
  reasons.forEach((reason, index) => expect(clips[index].reason).toContain(reason))
  expect(clips[0].voicedFraction).toBeGreaterThan(0.3)
  const sungSec = Object.values(clips[0].secondsPerNote).reduce((sum, seconds) => sum + seconds, 0)
  expect(sungSec).toBeCloseTo(clips[0].voicedFraction * clips[0].durationSec, 0)
})

test('analyzing tells rate, length, level and pitch', async () => {
  const outcome = await pool.run('interactive', { kind: 'analyze', request: { path: path('other.wav') } }).done
  const { analysis } = resultOf(outcome, 'analyze')
  expect(analysis).toMatchObject({ rateHz, channelCount: 1, durationSamples: 5 * rateHz + 17, clippedSampleCount: 0 })
  expect(analysis.medianHz).toBeGreaterThan(80)
  expect(analysis.lowestHz).toBeLessThanOrEqual(analysis.medianHz ?? 0)
  expect(analysis.f0Hz.length).toBe(Math.floor((5 * rateHz + 17) / 120) + 1)
})

test('the melody of a region is found once, from a little before the region on', async () => {
  const request = {
    sourcePath: path('other.wav'),
    known: { folder: path('known'), sourceKey: 'other' },
    sourceStartSamples: 2 * rateHz,
    durationSamples: 2 * rateHz,
  }
  const ask = async () => resultOf(await pool.run('interactive', { kind: 'pitch', request }).done, 'pitch')
  const found = await ask()
  expect(found.startSamples).toBe(1.75 * rateHz)
  const melody = readPitch(found.pitch)
  expect(melody.length).toBe(2.5 * 200 + 1)
  expect(melody.filter((hz) => hz > 60).length).toBeGreaterThan(100)
  expect(readdirSync(request.known.folder).length).toBe(1)
  expect(await ask()).toEqual(found)
})

test('too little voice is refused with how much is missing', async () => {
  const outcome = await pool.run('training', { kind: 'train', request: trainRequest(['other.wav'], 'few') }).done
  expect(failureCodeOf(outcome)).toBe('clips-too-few')
  expect(outcome.kind === 'failed' && outcome.failure.message).toMatch(/\d s of voice.*10 s.*\d s are missing/)
})

test('a training is paused, goes on where it was, finishes when asked, and its singer converts', async () => {
  const request = trainRequest(['first.wav'], 'low')
  const priorities = new Set<number>()
  const run = (wish: 'pause' | 'finish') => {
    const steps: number[] = []
    const task = pool.run(
      'training',
      { kind: 'train', request },
      {
        onTrainingPoint: ({ step }) => {
          steps.push(step)
          if (process.platform === 'linux') for (const one of computingPriorities('training')) priorities.add(one)
          if (steps.length === 2) task[wish]()
        },
      },
    )
    return task.done.then((outcome) => ({ outcome, steps }))
  }
  const paused = await run('pause')
  // Whatever a person waits for comes before it.
  if (process.platform === 'linux') expect([...priorities]).toEqual([constants.priority.PRIORITY_BELOW_NORMAL])
  expect(paused.outcome).toEqual({ kind: 'paused' })
  expect(paused.steps[0]).toBe(10)
  const finished = await run('finish')
  expect(finished.steps[0]).toBeGreaterThan(paused.steps[paused.steps.length - 1])
  const trained = resultOf(finished.outcome, 'train')
  expect(trained.summary.backend).toBe('wasm')
  expect(trained.summary.bestHeldOutLoss).toBeLessThan(1.5)
  expect(trained.trainedFromSec).toBeCloseTo(12, 0)
  const singer = readSingerFile(readFileSync(request.singerPath))
  expect(singer.ok && singer.value.card).toMatchObject({ name: 'Low', licence: 'CC0', medianHz: trained.medianHz })
  expect(readdirSync(path('low/auditions')).length).toBeGreaterThan(0)

  await expectConversion(request.singerPath)
})

/** How far the threads that compute in a worker of this process give way, as Linux tells it. */
function computingPriorities(role: string): number[] {
  const own = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && isWorkerInRole(id, role))
  return own.flatMap((id) =>
    readdirSync(`/proc/${id}/task`).flatMap((thread) => {
      const stat = statOf(`/proc/${id}/task/${thread}`)
      return stat !== null && /^(Main|Worker)Thread$/.test(stat.name) ? [stat.priority] : []
    }),
  )
}

const isWorkerInRole = (id: string, role: string): boolean =>
  statOf(`/proc/${id}`)?.parent === process.pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`\0${role}\0`)

/** Fields 2, 4 and 19 of Linux’ `stat`; null for what has ended meanwhile. */
function statOf(folder: string) {
  try {
    const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`${folder}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    return { name, parent: Number(fields[1]), priority: Number(fields[16]) }
  } catch {
    return null
  }
}

async function expectConversion(singerPath: string): Promise<void> {
  const request: ConvertRequest = {
    sourcePath: path('other.wav'),
    sourceStartSamples: 1000,
    durationSamples: 4 * rateHz + 1,
    singerPath,
    blendedSingerPaths: [],
    performance: {
      ...defaultPerformance('low' as SingerId), // an id for tests
      transposition: { kind: 'semitones', semitones: -2 },
    },
    outPath: path('render.wav'),
    renderKey: 'key',
  }
  const outcome = await pool.run('interactive', { kind: 'convert', request }).done
  const converted = resultOf(outcome, 'convert')
  expect(converted.semitones).toBe(-2)
  expect(converted.medianPitchErrorCents).toBeLessThan(20)
  const reader = openWavReader(request.outPath)
  expect(reader.durationSamples).toBe(request.durationSamples)
  reader.close()

  const sad = { ...request.performance, emotion: { emotionId: 'sad', intensity: 1 } }
  const failures = [
    [{ ...request, durationSamples: 9 * rateHz }, 'audio-truncated'],
    [{ ...request, singerPath: path('nobody.singer') }, 'file-missing'],
    [{ ...request, singerPath: path('other.wav') }, 'checkpoint-invalid'],
    [{ ...request, blendedSingerPaths: [path('nobody.singer')] }, 'file-missing'],
    [{ ...request, performance: sad }, 'not-found'],
    [{ ...request, outPath: path('nowhere/render.wav') }, 'file-missing'],
  ] as const
  for (const [wrong, code] of failures) {
    const refused = await pool.run('interactive', { kind: 'convert', request: { ...wrong, renderKey: code } }).done
    expect(failureCodeOf(refused)).toBe(code)
  }
}

test('a cancelled training ends as cancelled, and leaves no half-written file', async () => {
  const request = trainRequest(['first.wav'], 'cancelled')
  const { promise: started, resolve } = Promise.withResolvers<void>()
  const task = pool.run('training', { kind: 'train', request }, { onTrainingPoint: () => resolve() })
  await started
  task.cancel()
  expect(await task.done).toEqual({ kind: 'cancelled' })
  expect(existsSync(request.singerPath)).toBe(false)
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})
