import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCrew } from '../../../../src/main/compute/crew.ts'
import { loadKernels } from '../../../../src/main/compute/kernels.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import type { PitchJob } from '../../../../src/shared/kernels/crew.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import type { Kernels } from '../../../../src/shared/kernels/kernels.ts'
import { waveglowSizes } from '../../../../src/shared/networks/waveglow/config.ts'
import { backwardWaveglow, conditionOfGroups } from '../../../../src/shared/networks/waveglow/inference.ts'
import { analyzeVoice, cheapTrick, d4c, harvest, performJob } from '../../../../src/shared/world/index.ts'
import { drawnWaveglow } from '../../../support/drawn-flow.ts'
import { sung } from '../../shared/world/test-sounds.ts'

const fs = 16_000
const workerPath = fileURLToPath(new URL('../../../../src/main/compute/crew-worker.ts', import.meta.url))
let folder: string
let kernels: Kernels
const crews: { stop(): void }[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-crew-'))
  for (const name of ['pitch', 'cheaptrick', 'd4c', 'gated-stack', 'gated-stack-fused']) {
    writeFileSync(join(folder, `${name}.wasm`), await compiledKernel(name))
  }
  kernels = loadKernels(folder, () => {})
})
afterAll(() => {
  for (const crew of crews) crew.stop()
  rmSync(folder, { recursive: true })
})

function crewOf(threadCount: number, path = workerPath, longestSilenceMs = 60_000) {
  const crew = createCrew({ workerPath: path, kernelsFolder: folder, threadCount, kernels, longestSilenceMs })
  crews.push(crew)
  return crew
}

const pitchJob = (f0Hz: number): PitchJob => ({ x: sung(f0Hz, fs / 4, fs, 1, 1e-3), fs, options: {} })

test('a crew gives the results of all jobs in the order of the jobs', () => {
  const pitches = [110, 150, 200, 260, 330, 410, 500]
  const found: Float64Array[] = []
  const indices: number[] = []
  crewOf(3).run('pitch', pitches.map(pitchJob), (f0, index) => {
    found.push(f0)
    indices.push(index)
  })
  expect(indices).toEqual([0, 1, 2, 3, 4, 5, 6])
  found.forEach((f0, i) => expect(f0).toEqual(harvest(pitchJob(pitches[i]).x, fs, {}, kernels.pitch)))
})

test('stretches of a flow that threads sing are bit for bit those of this thread', () => {
  const config = { ...waveglowSizes.tiny, channels: 8 }
  const { stored, mixings } = drawnWaveglow(config, createRandom(1))
  const flow = backwardWaveglow(config, stored, mixings)
  const jobs = [2, 3, 4].map((seed) => {
    const random = createRandom(seed)
    const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal())
    const condition = conditionOfGroups(draw(50 * config.group * config.mels), config)
    return { flow, z: draw(50 * config.group), condition }
  })
  const sounds: Float32Array[] = []
  crewOf(2).run('flow', jobs, (sound) => sounds.push(sound))
  expect(sounds).toEqual(jobs.map((job) => performJob('flow', job, kernels)))
  expect(sounds[0]).not.toEqual(sounds[1])
})

test('jobs are made when a thread is free for them, not all at once', () => {
  let made = 0
  let taken = 0
  function* jobs(): Generator<PitchJob> {
    for (; made < 12; made++) {
      expect(made - taken).toBeLessThanOrEqual(6)
      yield pitchJob(200)
    }
  }
  crewOf(2).run('pitch', jobs(), () => taken++)
  expect(taken).toBe(12)
})

test('the analysis of a sound is the same on one thread and on several, and that of the whole', () => {
  const seconds = 21
  const x = sung(180, seconds * fs, fs, 2, 1e-3)
  const options = { threshold: 0.25 }
  const f0 = harvest(x, fs, {}, kernels.pitch)
  const power = cheapTrick(x, fs, f0, {}, kernels.envelopes)
  const breath = d4c(x, fs, f0, options, kernels.aperiodicity)
  const teams: Kernels[] = [kernels, { ...kernels, crew: crewOf(3) }]
  for (const team of teams) {
    let frames = 0
    const take = (firstFrame: number, rows: { power: Float64Array; aperiodicity: Float64Array }): void => {
      expect(firstFrame).toBe(frames)
      const from = firstFrame * power.binCount
      expect(sameNumbers(rows.power, power.values.subarray(from, from + rows.power.length))).toBe(true)
      expect(sameNumbers(rows.aperiodicity, breath.values.subarray(from, from + rows.power.length))).toBe(true)
      frames += rows.power.length / power.binCount
    }
    expect(analyzeVoice(x, fs, options, take, team)).toEqual(f0)
    expect(frames).toBe(f0.length)
  }
})

const sameNumbers = (a: Float64Array, b: Float64Array) => a.length === b.length && a.every((value, i) => value === b[i])

test('what a job throws is thrown, and the crew goes on with the next jobs', () => {
  const crew = crewOf(2)
  const broken = { ...pitchJob(200), x: new Float64Array(4000).fill(NaN) }
  expect(() => crew.run('pitch', [pitchJob(200), broken, pitchJob(220)], () => {})).toThrow(FailureError)
  let taken = 0
  crew.run('pitch', [pitchJob(200), pitchJob(220)], () => taken++)
  expect(taken).toBe(2)
})

test('who stops taking stops the run', () => {
  const crew = crewOf(2)
  const stop = () => {
    throw new Error('enough')
  }
  expect(() => crew.run('pitch', [200, 210, 220, 230].map(pitchJob), stop)).toThrow('enough')
})

test('the jobs of threads that are lost are done all the same', () => {
  const path = join(folder, 'lost.mjs')
  writeFileSync(path, 'process.exit(1)\n')
  const found: Float64Array[] = []
  const pitches = [150, 200, 260, 300, 350, 400]
  crewOf(2, path, 200).run('pitch', pitches.map(pitchJob), (f0) => found.push(f0))
  expect(found).toEqual(pitches.map((f0Hz) => harvest(pitchJob(f0Hz).x, fs, {}, kernels.pitch)))
})
