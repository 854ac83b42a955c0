import '@tensorflow/tfjs-backend-wasm'
import { setBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { createWaveformTrainer } from '../../../../../src/shared/training/wavenet-autoencoder/trainer.ts'
import { overfitClips, overfitConfig, overfitJudge, overfitPlan } from '../../../../bench/waveform-overfit.ts'
import { singPlainly } from '../../../../support/plain-segments.ts'

/** The beginning of what `npm run bench -- two-singers` does in full. */
const STEPS = 24

test('two singers’ sound is learned from the first steps on, and the latents stay small', async () => {
  prepareWasm()
  await setBackend('wasm')
  const clips = overfitClips()
  const trainer = createWaveformTrainer({
    clips,
    heldOut: [],
    singerCount: clips.length,
    config: overfitConfig,
    plan: { ...overfitPlan, segmentSamples: 1600 },
    seed: 1,
    sing: singPlainly,
    resumeFrom: null,
  })
  const losses = []
  for (let step = 0; step < STEPS; step++) losses.push(await trainer.advance())
  expect(losses[0].reconstruction).toBeGreaterThan(5.3)
  expect(losses[STEPS - 1].reconstruction).toBeLessThan(5)
  // Where latents explode, the pitch is missed by far more than its whole range.
  expect(Math.max(...losses.map(({ regressor }) => regressor))).toBeLessThan(1)
})

test('the judge of the whole knows both singers by their sound', () => {
  const judge = overfitJudge()
  expect(overfitClips().map(({ levels }) => judge(levels))).toEqual([0, 1])
})
