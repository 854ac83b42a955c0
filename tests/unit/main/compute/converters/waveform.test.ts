import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createAnalysisResampler } from '../../../../../src/main/compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../../../../../src/main/compute/crew.ts'
import { converterOf, converters } from '../../../../../src/main/compute/converters/converters.ts'
import { builtKernelsFolder } from '../../../../../src/main/compute/kernels.ts'
import { convert } from '../../../../../src/main/compute/tasks/convert.ts'
import { highBandOf } from '../../../../../src/main/compute/waveform/high-band.ts'
import { openWavReader } from '../../../../../src/main/files/wav-file.ts'
import { concatenated } from '../../../../../src/shared/base/concatenated.ts'
import { scratchInMemory } from '../../../../../src/shared/base/scratch.ts'
import { CancelledError } from '../../../../../src/shared/base/errors.ts'
import type { SingerId } from '../../../../../src/shared/base/id.ts'
import type { ConvertRequest } from '../../../../../src/shared/contract/compute.ts'
import { writeWaveformSinger } from '../../../../../src/shared/formats/waveform-singer-file.ts'
import { defaultPerformance, type Performance } from '../../../../../src/shared/project/performance.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../../../support/sung-voice.ts'
import { contextOfTask } from '../../../../support/task-context.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'
import { tinyWaveformSinger } from '../../../../support/tiny-waveform.ts'

const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))
const singerPath = join(home, 'high.singer')
writeFileSync(singerPath, writeWaveformSinger(tinyWaveformSinger()))

/** A rate that has no whole number of samples in a frame, and a length that has none either. */
const RATE_HZ = 22_051
const SILENT_SEC = 0.7
const voice = sungVoice('low').subarray(0, 1.1 * VOICE_RATE_HZ + 11)
const left = Float32Array.from({ length: voice.length + SILENT_SEC * RATE_HZ }, (_, at) => 0.5 * (voice[at] ?? 0))
const sourcePath = writeVoice(join(home, 'source.wav'), [left, left.map((sample) => 0.8 * sample)], RATE_HZ)
const startSamples = 1000
const durationSamples = left.length - startSamples

interface Watched {
  readonly phases: string[]
  /** Cancelled at the first report of this phase. */
  readonly cancelAt?: string
}

function contextOf({ phases, cancelAt }: Watched) {
  let isCancelled = false
  return contextOfTask({
    progress: {
      report(_fraction, phase) {
        if (phase !== undefined) phases.push(phase)
        if (phase === cancelAt && cancelAt !== undefined) isCancelled = true
      },
      get isCancelled() {
        return isCancelled
      },
    },
  })
}

const requestOf = (name: string, changes: Partial<Performance> = {}): ConvertRequest => ({
  sourcePath,
  known: { folder: join(home, 'known'), sourceKey: 'source' },
  sourceStartSamples: startSamples,
  durationSamples,
  singerPath,
  blendedSingerPaths: [],
  performance: { ...defaultPerformance('high' as SingerId), ...changes },
  outPath: join(home, `${name}.wav`),
  renderKey: name,
})

/** The converter alone: nothing is held against the source. */
async function sing(changes: Partial<Performance> = {}) {
  const { channels, outcome } = await singAll(changes)
  return { samples: channels[0], outcome }
}

const singChannels = async (changes: Partial<Performance> = {}) => (await singAll(changes)).channels

async function singAll(changes: Partial<Performance>) {
  const written: Float32Array[][] = [[], []]
  const context = contextOf({ phases: [] })
  const source = openWavReader(sourcePath)
  const { outcome } = await converters.waveform(requestOf('sung', changes), context, {
    source,
    sink: { write: (channels) => channels.forEach((channel, index) => written[index].push(channel)) },
    resample,
    kernels,
    openScratch: scratchInMemory,
    progress: context.progress,
  })
  source.close()
  return { channels: written.map((parts) => concatenated(parts)), outcome }
}
const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
const resample = await createAnalysisResampler(kernels)
const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0)

test('a region is sung by a waveform singer with exactly its samples, as loud as its source, and silent where that is', async () => {
  expect(converterOf(singerPath)).toBe('waveform')
  const request = requestOf('first')
  const end = await convert(request, contextOf({ phases: [] }))
  const reader = openWavReader(request.outPath)
  const channels = reader.read(0, reader.durationSamples)
  reader.close()
  expect(channels.map(({ length }) => length)).toEqual([durationSamples, durationSamples])
  expect(channels[1]).toEqual(channels[0])
  const mono = left.subarray(startSamples).map((sample) => 0.9 * sample)
  expect(10 * Math.log10(power(channels[0]) / power(mono))).toBeCloseTo(0, 0)
  expect(power(channels[0].subarray(Math.ceil(durationSamples - (SILENT_SEC - 0.2) * RATE_HZ)))).toBe(0)
  // The singer lies higher, and a song keeps its key.
  expect(end.kind === 'done' && end.result.kind === 'convert' && [12, 24].includes(end.result.semitones)).toBe(true)
})

test('the same seed sings the same samples, another seed, pitch or temperature others', async () => {
  const { samples } = await sing()
  expect((await sing()).samples).toEqual(samples)
  const moved = await sing({ transposition: { kind: 'semitones', semitones: 3 } })
  const others = [await sing({ seed: 2 }), moved, await sing({ temperature: 0.3 })]
  for (const other of others) expect(other.samples).not.toEqual(samples)
  expect(others.map((other) => other.samples.length)).toEqual(others.map(() => durationSamples))
  expect(moved.outcome.semitones).toBe(3)
})

test('what a recording has above the band of the networks stays where that is asked for, in each channel, and nothing else changes', async () => {
  const plain = await singChannels()
  const kept = await singChannels({ keepsHighBand: true })
  for (const [channel, gain] of [1, 0.8].entries()) {
    const added = kept[channel].map((sample, index) => sample - plain[channel][index])
    const own = left.subarray(startSamples).map((sample) => gain * sample)
    const high = highBandOf(own, RATE_HZ, resample)
    expect(added).toHaveLength(durationSamples)
    expect(Math.max(...added.map((sample, index) => Math.abs(sample - high[index])))).toBeLessThan(1e-4)
    expect(power(added)).toBeGreaterThan(0)
  }
})

test.each(['listening to what is sung', 'singing', 'writing what was sung'])(
  'cancelled while %s it leaves no file',
  async (phase) => {
    const request = requestOf(`cancelled ${phase}`)
    await expect(convert(request, contextOf({ phases: [], cancelAt: phase }))).rejects.toThrow(CancelledError)
    expect(existsSync(request.outPath)).toBe(false)
  },
)
