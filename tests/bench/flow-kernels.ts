import { crewThreadCount, loadKernelsWithCrew } from '../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../src/main/compute/kernels.ts'
import { createRandom, type Random } from '../../src/shared/base/random.ts'
import type { FlowJob } from '../../src/shared/kernels/crew.ts'
import { waveglowSizes, type WaveglowConfig } from '../../src/shared/networks/waveglow/config.ts'
import { backwardWaveglow, conditionOfGroups } from '../../src/shared/networks/waveglow/inference.ts'
import { crewOf } from '../../src/shared/world/jobs.ts'
import { drawnWaveglow } from '../support/drawn-flow.ts'
import { keep, type BenchRow } from './stopwatch.ts'

/** Of the published vocoders. */
const RATE_HZ = 22_050
/** Groups of eight samples: a second of sound. */
const GROUPS = 2752
const GROUPS_PER_FRAME = 32
const ROUNDS = 3

const numbers = (random: Random, count: number) => Float32Array.from({ length: count }, () => random.normal())

/** WaveGlow at its published depth, told its spectrum as published: beside each sample. */
function toldBySamples(config: WaveglowConfig, random: Random): FlowJob {
  const { stored, mixings } = drawnWaveglow(config, random)
  const mel = numbers(random, GROUPS * config.group * config.mels)
  return {
    flow: backwardWaveglow(config, stored, mixings),
    z: numbers(random, GROUPS * config.group),
    condition: conditionOfGroups(mel, config),
  }
}

/** The same told once a frame, frames going over into each other, as the program's own flow is. */
function toldByFrames(config: WaveglowConfig, random: Random): FlowJob {
  // Its projection has as many inputs as a frame has bands.
  const { stored, mixings } = drawnWaveglow({ ...config, mels: config.mels / config.group }, random)
  const places = Array.from({ length: GROUPS }, (_, group) => (group + 0.5) / GROUPS_PER_FRAME)
  return {
    flow: backwardWaveglow(config, stored, mixings),
    z: numbers(random, GROUPS * config.group),
    condition: {
      told: numbers(random, (GROUPS / GROUPS_PER_FRAME + 1) * config.mels),
      frames: Int32Array.from(places, Math.floor),
      parts: Float32Array.from(places, (place) => place - Math.floor(place)),
      extras: new Float32Array(0),
    },
  }
}

/** Seconds of waiting and of processor time for a second of sound by the compiled kernel, a sound for each thread. */
export function benchFlowKernels(): BenchRow[] {
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const threads = crewThreadCount()
  const crew = crewOf(kernels)
  const row = (name: string, job: FlowJob, bar: number | null): BenchRow => {
    const jobs = Array.from({ length: threads }, () => job)
    const soundSec = (threads * GROUPS * job.flow.group) / RATE_HZ
    let [sec, cpuSec] = [Infinity, Infinity]
    for (let round = 0; round <= ROUNDS; round++) {
      const [before, startMs] = [process.cpuUsage(), performance.now()]
      crew.run('flow', jobs, (sound) => keep(sound[0]))
      // The first starts the threads.
      if (round === 0) continue
      const { user, system } = process.cpuUsage(before)
      sec = Math.min(sec, (performance.now() - startMs) / 1000)
      cpuSec = Math.min(cpuSec, (user + system) / 1e6)
    }
    return {
      name: `vocoders, ${name}, kernel in f32, ${threads} threads`,
      measured: `${sec.toFixed(2)} s, ${cpuSec.toFixed(2)} s of processor time for ${soundSec.toFixed(2)} s of sound`,
      baseline: bar === null ? 'no bar' : `the bar on two cores: ${bar}`,
      ratio: sec / soundSec,
      meaning: `times real time (processor time: ${(cpuSec / soundSec).toFixed(2)})`,
    }
  }
  return [
    [64, 0.25],
    [128, 0.7],
  ].flatMap(([channels, bar]) => {
    const config = { ...waveglowSizes.paper, channels }
    return [
      row(`WaveGlow, ${channels} channels, told by frames`, toldByFrames(config, createRandom(1)), bar),
      row(`WaveGlow, ${channels} channels, told by samples`, toldBySamples(config, createRandom(1)), null),
    ]
  })
}
