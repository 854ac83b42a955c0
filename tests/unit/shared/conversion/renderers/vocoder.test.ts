import { expect, test } from 'vitest'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { convertRegion } from '../../../../../src/shared/conversion/convert.ts'
import { createVocoderRenderer } from '../../../../../src/shared/conversion/renderers/vocoder.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import { compiledKernels } from '../../../../support/compiled-kernel.ts'
import { sungSource, untrainedSinger } from '../../../../support/singers.ts'
import { sincResample } from '../../../../support/sinc-resample.ts'
import type { VocoderModel } from '../../../../../src/shared/vocoder/vocoder-model.ts'
import { tinyFlowVocoder, tinyVocoder } from '../../../../support/tiny-vocoder.ts'

const RATE_HZ = 24_000
const singer = untrainedSinger()
const kernels = await compiledKernels()

function singBy(vocoder: VocoderModel, channels: readonly Float32Array[], seed = 1, temperature = 1): Float32Array[] {
  const written: Float32Array[][] = []
  const source = sourceOf(channels, RATE_HZ)
  convertRegion({
    source,
    startSamples: 1000,
    durationSamples: source.durationSamples - 1777,
    singer,
    performance: {
      emotion: { emotionId: 'neutral', intensity: 0 },
      transposition: { kind: 'semitones', semitones: 3 },
      strength: 1,
    },
    emotion: null,
    resample: sincResample,
    kernels,
    progress: silentProgress,
    renderer: createVocoderRenderer(vocoder, { seed, temperature }),
    sink: { write: (block) => written.push(block) },
  })
  return channels.map((_, channel) => Float32Array.from(written.flatMap((block) => Array.from(block[channel]))))
}

test.each([tinyVocoder, tinyFlowVocoder])(
  'a trained $network vocoder sings exactly a region’s samples into all its channels, at its level, silent where it is',
  (vocoder) => {
    const sing = (channels: readonly Float32Array[], seed?: number, temperature?: number) =>
      singBy(vocoder, channels, seed, temperature)
    const voice = sungSource(RATE_HZ, 0.5)
    const late = new Float32Array(voice.length + 6000)
    late.set(voice, 6000)
    const [left, right] = sing([late, late])
    expect(left.length).toBe(late.length - 1777)
    expect(right).toEqual(left)
    expect(left.subarray(0, 4000).every((value) => value === 0)).toBe(true)
    const powerOf = (x: Float32Array) => x.reduce((sum, value) => sum + value * value, 0)
    const wanted = powerOf(late.subarray(1000, late.length - 777))
    expect(Math.abs(10 * Math.log10(powerOf(left) / wanted))).toBeLessThan(1)
    expect(sing([late, late])[0]).toEqual(left)
    expect(sing([late, late], 2)[0]).not.toEqual(left)
    expect(sing([late, late], 1, 0.5)[0]).not.toEqual(left)
  },
)
