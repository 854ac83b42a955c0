import { join } from 'node:path'
import { createRandom } from '../../src/shared/base/random.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { analyzeClip } from '../../src/shared/conversion/clip-features.ts'
import { convertRegion } from '../../src/shared/conversion/convert.ts'
import { enrollSinger } from '../../src/shared/conversion/enroll.ts'
import { prepareSinger } from '../../src/shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { createRealFft } from '../../src/shared/dsp/fft.ts'
import { plainKernels } from '../../src/shared/kernels/kernels.ts'
import { loadKernels } from '../../src/main/compute/kernels.ts'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { initializeParameters } from '../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { demoLeadScore, makeSingerClips, synthesize, voices } from '../../src/shared/synthesizer/index.ts'
import { createResampler } from '../../src/main/files/resample.ts'
import { keep, medianMs, type BenchRow } from './stopwatch.ts'

const RATE_HZ = 48_000
/** The compiler needs so much song to know what is hot. */
const WARM_UP_SEC = 6
const KERNELS_FOLDER = join(import.meta.dirname, '../../out/kernels')

/** Converts the demo song's lead with a singer of full size and bank; untrained weights cost the same as trained ones. */
export async function benchConversion(): Promise<BenchRow[]> {
  const resample = await createResampler()
  const kernels = loadKernels(KERNELS_FOLDER, () => {})
  const clips = makeSingerClips(voices.high, 5, RATE_HZ, 1).map(({ samples }) =>
    analyzeClip(sourceOf([samples], RATE_HZ), resample, silentProgress, kernels),
  )
  const { samples } = synthesize(demoLeadScore, voices.lead, RATE_HZ, 1)
  const stftMs = medianMs(3, () => shortTimeSpectra(samples))
  const seconds = samples.length / RATE_HZ
  return (['fast', 'standard'] as const).map((size) => {
    const config = spectralAutoencoderSizes[size]
    const parameters = initializeParameters(config, 1, createRandom(1))
    const row = parameters.get('singers/table')?.values ?? new Float32Array(config.singer)
    const normalization = { meanShape: new Float32Array(64), spread: 1.5 }
    const singer = prepareSinger(enrollSinger({ config, parameters, row, ...normalization }, clips))
    const convert = (durationSamples: number) =>
      convertRegion({
        source: sourceOf([samples], RATE_HZ),
        startSamples: 0,
        durationSamples,
        singer,
        performance: { emotion: { emotionId: 'neutral', intensity: 0 }, transposition: { kind: 'auto' }, strength: 1 },
        emotion: null,
        resample,
        kernels,
        progress: silentProgress,
        sink: { write: (channels) => keep(channels[0][0] ?? 0) },
      })
    convert(WARM_UP_SEC * RATE_HZ)
    const startMs = performance.now()
    convert(samples.length)
    const workMs = performance.now() - startMs
    return {
      name: `conversion, ${size}`,
      measured: `${seconds.toFixed(0)} s of song in ${(workMs / 1000).toFixed(1)} s: real-time factor ${(workMs / 1000 / seconds).toFixed(3)}${kernels.nearest === plainKernels.nearest ? ' (kernels not built)' : ''}`,
      baseline: `short-time spectra of the same sound in ${stftMs.toFixed(0)} ms`,
      ratio: workMs / stftMs,
      meaning: 'times the work of one plain spectrogram',
    }
  })
}

/** The plainest analysis there is: Hann 1,024, hop 240. */
function shortTimeSpectra(samples: Float32Array): void {
  const fft = createRealFft(1024)
  const input = new Float64Array(1024)
  const [re, im] = [new Float64Array(513), new Float64Array(513)]
  for (let start = 0; start + 1024 <= samples.length; start += 240) {
    for (let index = 0; index < 1024; index++)
      input[index] = samples[start + index] * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / 1024))
    fft.forward(input, re, im)
    keep(re[10])
  }
}
