import '@tensorflow/tfjs-backend-wasm'
import { setBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { createWaveformTrainer } from '../../../../../src/shared/training/wavenet-autoencoder/trainer.ts'
import { overfitClips, overfitConfig, overfitPlan } from '../../../../bench/waveform-overfit.ts'
import { singPlainly } from '../../../../support/plain-segments.ts'

/** The beginning of what `npm run bench -- two-singers` does in full, with a smaller network. */
const STEPS = 20
const config = {
  ...overfitConfig,
  encoder: { channels: 8, blocks: 1, layersPerBlock: 4 },
  decoder: { channels: 16, skip: 32, blocks: 1, layersPerBlock: 4 },
}

test('two singers’ sound is learned from the first steps on, and the latents stay small', async () => {
  prepareWasm()
  await setBackend('wasm')
  const clips = overfitClips()
  const trainer = createWaveformTrainer({
    clips,
    heldOut: [],
    singerCount: clips.length,
    config,
    plan: { ...overfitPlan, segmentSamples: 800 },
    seed: 1,
    sing: singPlainly,
    resumeFrom: null,
  })
  const losses = []
  for (let step = 0; step < STEPS; step++) losses.push(await trainer.advance())
  // It begins with guessing among all levels.
  expect(losses[0].reconstruction).toBeCloseTo(Math.log(256), 1)
  expect(losses[STEPS - 1].reconstruction).toBeLessThan(Math.log(256) - 0.3)
  // Where latents explode, the pitch is missed by far more than its whole range.
  expect(Math.max(...losses.map(({ regressor }) => regressor))).toBeLessThan(1)
})
