import { silentProgress } from '../../src/shared/base/progress.ts'
import { analyzeClip } from '../../src/shared/conversion/clip-features.ts'
import { convertRegion } from '../../src/shared/conversion/convert.ts'
import type { KnownNumbers } from '../../src/shared/conversion/known-analysis.ts'
import { prepareSinger } from '../../src/shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { enrollSinger } from '../../src/shared/conversion/enroll.ts'
import { makeSingerClips, makeDemoSong, voices } from '../../src/shared/synthesizer/index.ts'
import { createAnalysisResampler } from '../../src/main/compute/analysis-resampler.ts'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { engines } from '../../src/main/compute/engines/engines.ts'
import { loadKernelsWithCrew } from '../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../src/main/compute/kernels.ts'
import { loadBase, type LoadedBase } from '../../src/main/compute/models/base-store.ts'
import { enrollClips } from '../../src/main/compute/training/enroll-clips.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { enrolmentPlans } from '../../src/shared/training/presets.ts'
import { join } from 'node:path'
import { keep, type BenchRow } from './stopwatch.ts'

const RATE_HZ = 48_000
/** What the product promises on two cores. */
const STEM_SEC = 240
const LONGEST_STEM_SEC = 40
const LONGEST_KNOWN_STEM_SEC = 10
const LONGEST_ENROLMENT_SEC = { wasm: 120, tensorflow: 30 } as const
const modelsFolder = join(import.meta.dirname, '../../models')

/** A stem of four minutes, converted anew and once its analysis is known, with the shipped base and all of the crew. */
export async function benchStem(): Promise<BenchRow[]> {
  const { resample, kernels } = await tools()
  const base = shippedBase()
  const clips = makeSingerClips(voices.high, 5, RATE_HZ, 1).map(({ samples }) =>
    analyzeClip(sourceOf([samples], RATE_HZ), resample, silentProgress, kernels),
  )
  const row = base.parameters.get('singers/table')?.values.slice(0, base.config.singer) ?? new Float32Array(0)
  const singer = prepareSinger(enrollSinger({ ...base, row }, clips), silentProgress, kernels)
  const source = sourceOf([repeated(makeDemoSong(RATE_HZ).stems[0].recording.samples)], RATE_HZ)
  const numbers = inMemory()
  const convert = (durationSamples: number) => {
    const watch = startWatch()
    convertRegion({
      source,
      startSamples: 0,
      durationSamples,
      singer,
      performance: {
        emotion: { emotionId: 'neutral', intensity: 0 },
        transposition: { kind: 'semitones', semitones: 0 },
        strength: 1,
      },
      emotion: null,
      resample,
      kernels,
      progress: silentProgress,
      sink: { write: (channels) => keep(channels[0][0] ?? 0) },
      known: { sourceKey: 'stem', numbers },
    })
    return watch()
  }
  convert(6 * RATE_HZ)
  return [
    barRow('conversion of a 4-minute stem', convert(source.durationSamples), LONGEST_STEM_SEC),
    barRow('the same, its analysis known', convert(source.durationSamples), LONGEST_KNOWN_STEM_SEC),
  ]
}

/** A singer enrolled from two minutes of clips, their analysis included, on every engine that starts here. */
export async function benchEnrolment(): Promise<BenchRow[]> {
  const { resample, kernels } = await tools()
  const base = shippedBase()
  const recordings = makeSingerClips(voices.high, 10, RATE_HZ, 1).map(({ samples }) => samples)
  const seconds = recordings.reduce((sum, samples) => sum + samples.length / RATE_HZ, 0)
  const setting = { enginesFolder: applicationPaths({ modelsFolder }, process.env).enginesFolder, hasWindows: false }
  const rows: BenchRow[] = []
  for (const engine of engines) {
    const barSec = engine.id === 'wasm' || engine.id === 'tensorflow' ? LONGEST_ENROLMENT_SEC[engine.id] : null
    if (barSec === null || !engine.probe(setting).isPresent) continue
    const { work } = await openEngine(engine, setting)
    const watch = startWatch()
    const clips = recordings.map((samples) =>
      analyzeClip(sourceOf([samples], RATE_HZ), resample, silentProgress, kernels),
    )
    const analyzed = watch()
    const enrolment = { base, size: 'fast', plan: enrolmentPlans.normal, seed: 1, ...(work && { work }) } as const
    keep((await enrollClips(clips, enrolment)).row[0])
    const name = `enrolment from ${seconds.toFixed(0)} s of clips, ${engine.label}`
    const row = barRow(name, watch(), barSec)
    rows.push({ ...row, measured: `${row.measured}; of these ${analyzed.wallSec.toFixed(1)} s to read the clips` })
  }
  return rows
}

interface Times {
  readonly wallSec: number
  /** Of all threads: what a machine that is busy with other things tells too. */
  readonly processorSec: number
}

function startWatch(): () => Times {
  const startMs = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { wallSec: (performance.now() - startMs) / 1000, processorSec: (user + system) / 1e6 }
  }
}

const barRow = (name: string, { wallSec, processorSec }: Times, barSec: number): BenchRow => ({
  name,
  measured: `${wallSec.toFixed(1)} s (${processorSec.toFixed(1)} s of processor time)`,
  baseline: `promised on two cores: under ${barSec} s`,
  ratio: wallSec / barSec,
  meaning: 'of what is promised; under 1 is kept',
})

/** As the product's own tasks have them. */
async function tools() {
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  return { resample: await createAnalysisResampler(kernels), kernels }
}

function shippedBase(): LoadedBase {
  const base = loadBase(modelsFolder, 'fast')
  if (base === null) throw new Error(`no base is shipped in ${modelsFolder}`)
  return base
}

const repeated = (song: Float32Array): Float32Array =>
  Float32Array.from({ length: STEM_SEC * RATE_HZ }, (_, index) => song[index % song.length])

function inMemory(): KnownNumbers {
  const kept = new Map<string, Float32Array>()
  return {
    recall(key, length, take) {
      const found = kept.get(key)
      if (found?.length !== length) return false
      take(found, 0)
      return true
    },
    keep(key, length, give) {
      const values = new Float32Array(length)
      give(values, 0)
      kept.set(key, values)
    },
  }
}
