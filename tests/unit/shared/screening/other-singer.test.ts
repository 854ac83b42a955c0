import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { loadVoiceMixture } from '../../../../src/main/compute/clips/voice-mixture.ts'
import { createBandFrameReader } from '../../../../src/shared/screening/band-frames.ts'
import { learnMixture } from '../../../../src/shared/screening/learn-mixture.ts'
import { strangenessOf } from '../../../../src/shared/screening/other-singer.ts'
import { CEPSTRA, takeVoicePrint, type VoiceMixture } from '../../../../src/shared/screening/voice-print.ts'
import { exerciseScore, synthesize, voices } from '../../../../src/shared/synthesizer/index.ts'
import { STRANGE } from '../../../../src/main/compute/clips/dataset-findings.ts'

const RATE_HZ = 24_000
const models = fileURLToPath(new URL('../../../../models', import.meta.url))

function printsOf(name: keyof typeof voices, seeds: readonly number[], mixture: VoiceMixture) {
  return seeds.map((seed) => {
    const reader = createBandFrameReader(RATE_HZ)
    reader.push(synthesize(exerciseScore(6, createRandom(seed)), voices[name], RATE_HZ, seed).samples)
    return takeVoicePrint(reader.finish(), mixture)
  })
}

test('a clip of another voice is the strangest of a set, and stranger than may be', () => {
  const mixture = loadVoiceMixture(models)
  expect(mixture).not.toBeNull()
  if (mixture === null) return
  const own = printsOf('low', [1, 2, 3, 4, 5], mixture)
  const [stranger] = printsOf('high', [9], mixture)
  const scores = strangenessOf([...own, stranger], mixture).map((score) => score?.relative ?? 0)
  expect(Math.max(...scores)).toBe(scores[5])
  expect(scores[5]).toBeGreaterThan(STRANGE)
})

test('of too few clips nobody is called strange', () => {
  const random = createRandom(1)
  const cepstra = Float64Array.from({ length: 50 * CEPSTRA }, () => random.normal())
  const mixture = learnMixture(cepstra, 2, random)
  const print = {
    counts: new Float64Array(2),
    offsets: new Float64Array(2 * CEPSTRA),
    frameCount: 900,
    logLikelihood: 0,
  }
  expect(strangenessOf([print, print, print], mixture)).toEqual([null, null, null])
  expect(strangenessOf([], mixture)).toEqual([])
})

test('a mixture finds the clusters that frames came from', () => {
  const random = createRandom(4)
  const centers = [-3, 3]
  const cepstra = Float64Array.from({ length: 400 * CEPSTRA }, (_, at) => {
    const center = centers[Math.floor(at / CEPSTRA) % 2]
    return center + 0.3 * random.normal()
  })
  const { weights, means, variances } = learnMixture(cepstra, 2, createRandom(2))
  expect([...weights].map((weight) => weight.toFixed(1))).toEqual(['0.5', '0.5'])
  expect([means[0], means[CEPSTRA]].sort((a, b) => a - b).map((mean) => Math.round(mean))).toEqual(centers)
  for (const variance of variances) expect(variance).toBeLessThan(0.5)
})
