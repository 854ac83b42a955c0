import { silentProgress } from '../../../shared/base/progress.ts'
import { createRandom } from '../../../shared/base/random.ts'
import type { ConversionSpeed } from '../../../shared/contract/compute.ts'
import { analyzeClip } from '../../../shared/conversion/clip-features.ts'
import { convertRegion } from '../../../shared/conversion/convert.ts'
import { enrollSinger } from '../../../shared/conversion/enroll.ts'
import { prepareSinger } from '../../../shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../../shared/conversion/sound.ts'
import { spectralAutoencoder } from '../../../shared/networks/spectral-autoencoder/index.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

const RATE_HZ = 48_000
const SOUND_SEC = 6

/** Measures this machine with the real thing: reading and converting a sung sound. Engines are timed by their self-tests. */
export async function measure(context: TaskContext): Promise<TaskEnd> {
  context.progress.report(0, 'timing the conversion')
  return { kind: 'done', result: { kind: 'measure', speed: await measureConversion(context) } }
}

async function measureConversion(context: TaskContext): Promise<ConversionSpeed> {
  const resample = await createAnalysisResampler(loadKernelsWithCrew(context.kernelsFolder, context.log))
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const source = sourceOf([createVowel()], RATE_HZ)
  const startMs = context.nowMs()
  const clip = analyzeClip(source, resample, silentProgress, kernels)
  const analysisFactor = (SOUND_SEC * 1000) / (context.nowMs() - startMs)
  const config = spectralAutoencoder.sizes.fast
  const parameters = spectralAutoencoder.initialize(config, 1, createRandom(1))
  const row = parameters.get('singers/table')?.values ?? new Float32Array(config.singer)
  const model = enrollSinger({ config, parameters, row, meanShape: new Float32Array(64), spread: 1 }, [clip])
  const singer = prepareSinger(model, silentProgress, kernels)
  const convertStartMs = context.nowMs()
  convertRegion({
    source,
    startSamples: 0,
    durationSamples: source.durationSamples,
    singer,
    performance: {
      emotion: { emotionId: 'neutral', intensity: 0 },
      transposition: { kind: 'semitones', semitones: 2 },
      strength: 1,
    },
    emotion: null,
    resample,
    kernels,
    progress: context.progress,
    sink: { write: () => {} },
  })
  return { analysisFactor, realTimeFactor: (SOUND_SEC * 1000) / (context.nowMs() - convertStartMs) }
}

/** A sung vowel: harmonics with vibrato under three formants. */
function createVowel(): Float32Array {
  const formantsHz = [700, 1200, 2600]
  let phase = 0
  return Float32Array.from({ length: SOUND_SEC * RATE_HZ }, (_, index) => {
    const sec = index / RATE_HZ
    const f0 = 220 * 2 ** (0.03 * Math.sin(2 * Math.PI * 5.5 * sec))
    phase += (2 * Math.PI * f0) / RATE_HZ
    let sum = 0
    for (let harmonic = 1; harmonic * f0 < 8000; harmonic++) {
      const gain = formantsHz.reduce((total, hz) => total + 1 / (1 + ((harmonic * f0 - hz) / 120) ** 2), 0.01)
      sum += (gain / harmonic) * Math.cos(harmonic * phase)
    }
    return 0.2 * sum
  })
}
