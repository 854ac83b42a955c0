import { join } from 'node:path'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { convertRegion } from '../../src/shared/conversion/convert.ts'
import { renderers } from '../../src/shared/conversion/renderers/registry.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { createVocoderRenderer } from '../../src/shared/conversion/renderers/vocoder.ts'
import type { Renderer } from '../../src/shared/conversion/renderers/renderer.ts'
import { FEATURES, sourceFilterSizes } from '../../src/shared/networks/source-filter/config.ts'
import { initializeSourceFilter } from '../../src/shared/networks/source-filter/initialize.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { demoLeadScore, synthesize, voices } from '../../src/shared/synthesizer/index.ts'
import { createAnalysisResampler } from '../../src/main/compute/analysis-resampler.ts'
import { builtKernelsFolder, loadKernels } from '../../src/main/compute/kernels.ts'
import { loadSinger } from '../../src/main/compute/models/singer-store.ts'
import { keep, processorMs, type BenchRow } from './stopwatch.ts'

const RATE_HZ = 48_000
const SOUND_SEC = 12
const SINGER_PATH = join(import.meta.dirname, '../../models/singers-demo-v1/alba.singer')
/** An octave is tried and measured by the filter before it is made, and drawn like any other pitch by who redraws. */
const MOVES = [
  { name: 'at its pitch', semitones: 0 },
  { name: 'four semitones up', semitones: 4 },
  { name: 'an octave up', semitones: 12 },
]

const VOCODER = 'vocoder, compact, fresh weights'

/** Weights that were never learned cost the same as others. */
function freshVocoder(): Renderer {
  const config = sourceFilterSizes.compact
  const normal = { mean: new Float32Array(FEATURES), spread: new Float32Array(FEATURES).fill(1) }
  return createVocoderRenderer(
    { network: 'source-filter', config, parameters: initializeSourceFilter(config, createRandom(1)), normal },
    { seed: 1 },
  )
}

/** What a conversion costs with each renderer, analysis and all, in one thread: the demo song's lead by a shipped singer. */
export async function benchRenderers(): Promise<BenchRow[]> {
  const kernels = loadKernels(builtKernelsFolder(), () => {})
  const resample = await createAnalysisResampler(kernels)
  const singer = loadSinger(SINGER_PATH, silentProgress, kernels)
  const samples = synthesize(demoLeadScore, voices.lead, RATE_HZ, 1).samples.slice(0, SOUND_SEC * RATE_HZ)
  const costOf = (renderer: Renderer, semitones: number): number =>
    processorMs(() =>
      convertRegion({
        source: sourceOf([samples], RATE_HZ),
        startSamples: 0,
        durationSamples: samples.length,
        singer,
        performance: {
          emotion: { emotionId: 'neutral', intensity: 0 },
          transposition: { kind: 'semitones', semitones },
          strength: 1,
        },
        emotion: null,
        resample,
        kernels,
        progress: silentProgress,
        renderer,
        sink: { write: (channels) => keep(channels[0][0] ?? 0) },
      }),
    ) /
    1000 /
    (samples.length / RATE_HZ)
  costOf(renderers.filter, 0)
  return MOVES.flatMap(({ name, semitones }) => {
    const usual = costOf(renderers.filter, semitones)
    return Object.entries({ ...renderers, [VOCODER]: freshVocoder() }).map(([id, renderer]): BenchRow => {
      const cost = renderer === renderers.filter ? usual : costOf(renderer, semitones)
      return {
        name: `renderers, ${id}, ${name}`,
        measured: `${cost.toFixed(3)} s of processor time for a second of sound, the whole conversion`,
        baseline: `${usual.toFixed(3)} s with the filter`,
        ratio: cost,
        meaning: `seconds a second (${(cost / usual).toFixed(2)} times the filter)`,
      }
    })
  })
}
