import { expect, test } from 'vitest'
import { createMelBands, hzToMel, logMelPower, melToHz } from '../../../../src/shared/dsp/mel.ts'

test('a frequency survives the way to mel and back', () => {
  for (const hz of [0, 31.9, 440, 7600, 12_000]) expect(melToHz(hzToMel(hz))).toBeCloseTo(hz, 8)
})

test('every band sums to 1, so that white power reads the same in all', () => {
  const bands = createMelBands(64, 12_000, 1024, 24_000)
  for (const weights of bands.weights) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
  const output = new Float64Array(64)
  logMelPower(bands, new Float64Array(bands.binCount).fill(2), 0, output, 0)
  output.forEach((value) => expect(value).toBeCloseTo(Math.log(2), 12))
})
