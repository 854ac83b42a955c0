import '@tensorflow/tfjs-backend-wasm'
import { setBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { musicTranslationSizes } from '../../../../../src/shared/networks/music-translation/config.ts'
import { musicTranslationPlans } from '../../../../../src/shared/training/music-translation/plans.ts'
import { createMusicTranslationTrainer } from '../../../../../src/shared/training/music-translation/trainer.ts'
import { instrumentClip, instrumentNames } from '../../../../bench/instrument-clips.ts'

/** The beginning of what `npm run bench -- two-instruments` does in full, with a smaller network. */
const STEPS = 8
const config = {
  ...musicTranslationSizes.preview,
  encoder: { channels: 8, blocks: 1, layersPerBlock: 3 },
  decoder: { channels: 16, skip: 32, blocks: 1, layersPerBlock: 4 },
}

test('two instruments’ sound is learned from the first steps on, told their notes and led by a noisy past', async () => {
  prepareWasm()
  await setBackend('wasm')
  const trainer = createMusicTranslationTrainer({
    domainIds: instrumentNames,
    clips: [0, 1].map((domain) => instrumentClip(config, domain, 0, 1)),
    heldOut: [0, 1].map((domain) => instrumentClip(config, domain, 100, 0.1)),
    config,
    plan: { ...musicTranslationPlans.preview, segmentSamples: 800, isAveraged: false },
    seed: 1,
    resumeFrom: null,
  })
  const before = await trainer.judge()
  for (let step = 0; step < STEPS; step++) await trainer.advance()
  const after = await trainer.judge()
  // It begins with guessing among all levels.
  expect(before.reconstruction).toBeCloseTo(Math.log(256), 1)
  expect(after.reconstruction).toBeLessThan(before.reconstruction - 0.05)
})
