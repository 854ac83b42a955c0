import { silentProgress } from '../../src/shared/base/progress.ts'
import { analyzePitch } from '../../src/shared/conversion/analyze.ts'
import { createDifferentialFilter } from '../../src/shared/conversion/differential-filter.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { median } from '../../src/shared/conversion/transposition/phase.ts'
import { transpose } from '../../src/shared/conversion/transposition/transpose.ts'
import { planSpan, surveySpan } from '../../src/shared/conversion/windows.ts'
import { createFilterKernel } from '../../src/shared/kernels/differential-filter.ts'
import { compileKernel } from '../../src/shared/kernels/build.ts'
import { createTranspositionKernel } from '../../src/shared/kernels/transposition.ts'
import { demoLeadScore, synthesize, voices } from '../../src/shared/synthesizer/index.ts'
import { createResampler } from '../../src/main/files/resample.ts'
import { keep, type BenchRow } from './stopwatch.ts'

const RATE_HZ = 44_100
const DURATION_SEC = 10
const RUNS = 5

/** The filter of the envelope and the move of the pitch, as kernels and as their plain twins, over ten seconds of song. */
export async function benchVoice(): Promise<BenchRow[]> {
  const samples = synthesize(demoLeadScore, voices.lead, RATE_HZ, 1).samples.slice(0, DURATION_SEC * RATE_HZ)
  const source = sourceOf([samples], RATE_HZ)
  const span = planSpan(source, 0, samples.length)
  const f0 = analyzePitch(span, surveySpan(span, silentProgress), await createResampler(), silentProgress)
  const x = Float64Array.from(samples)
  const change = {
    frameCount: span.frameCount,
    readDifference: (frame: number, output: Float64Array) => {
      output.forEach((_, band) => (output[band] = 3 * Math.sin(frame * 0.1 + band * 0.3)))
    },
  }
  const sound = { channels: [x], firstSamples: 0 }
  const filter = (work?: ReturnType<typeof createFilterKernel>) => {
    const made = createDifferentialFilter(RATE_HZ, work)
    return () => made.apply(sound, change, 0, x.length)[0]
  }
  const medianHz = median(f0.filter((hz) => hz > 0))
  const drawn = f0.map((_, frame) => 1.3 + 0.2 * Math.sin(frame / 30))
  const move = (ratio: number | Float32Array, steps?: ReturnType<typeof createTranspositionKernel>) => () =>
    transpose([x], { rateHz: RATE_HZ, f0, ratio, medianHz }, steps).channels[0]
  const filterKernel = createFilterKernel(await compileKernel('differential-filter'))
  const steps = createTranspositionKernel(await compileKernel('transposition'))
  return [
    row('differential filter', filter(filterKernel), filter()),
    row('transposition by a fifth', move(1.5, steps), move(1.5)),
    row('transposition along a curve', move(drawn, steps), move(drawn)),
  ]
}

function row(name: string, kernel: () => Float64Array, twin: () => Float64Array): BenchRow {
  const [kernelMs, twinMs] = [fastestMs(kernel), fastestMs(twin)]
  return {
    name,
    measured: `kernel: ${(kernelMs / DURATION_SEC).toFixed(2)} ms per second of sound at 44.1 kHz`,
    baseline: `plain twin: ${(twinMs / DURATION_SEC).toFixed(2)} ms`,
    ratio: kernelMs / twinMs,
    meaning: 'times the twin’s time',
  }
}

/** The fastest of some runs: other work on the machine only ever slows one down. */
function fastestMs(action: () => Float64Array): number {
  let fastest = Infinity
  for (let run = 0; run < RUNS; run++) {
    const startMs = performance.now()
    keep(action()[0])
    fastest = Math.min(fastest, performance.now() - startMs)
  }
  return fastest
}
