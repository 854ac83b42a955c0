import { writeFileSync } from 'node:fs'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../src/main/compute/engines/engines.ts'
import { applicationPaths } from '../../src/main/paths.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { muLawLevel } from '../../src/shared/dsp/mu-law.ts'
import { writeSafetensors } from '../../src/shared/formats/safetensors.ts'
import { halves, singles } from '../../src/shared/formats/model-tensors.ts'
import { initializeWavenetAutoencoder } from '../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { encode, levelInput } from '../../src/shared/networks/wavenet-autoencoder/network.ts'
import { wavenetAutoencoderShapes } from '../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { pitchInput } from '../../src/shared/networks/wavenet-autoencoder/pitch-track.ts'
import { reconstructionStep } from '../../src/shared/networks/wavenet-autoencoder/training-step.ts'
import { createAdamWState } from '../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters, toTensors, unpackParameters } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { makeSingerClips, voices } from '../../src/shared/synthesizer/index.ts'
import { tensor3d } from '@tensorflow/tfjs-core'
import { trainedConfig, trainedDecoderPath } from '../fixtures/trained-decoder.ts'

/**
 * `node tests/bench/sampler-checkpoint.ts [steps]` trains the small autoencoder of `tests/fixtures` on two synthetic
 * voices and writes its decoder there, with the latents, pitch and levels of a few seconds that it did not learn from.
 */
const RATE_HZ = 16_000
const ITEMS = 6
const ITEM_FRAMES = 6
const PITCH_RATE_HZ = 200
const TOLD_SEC = 3
const SUNG_SEC = 1

const steps = Number(process.argv[2] ?? 1200)
const engine = findEngine(process.env.UNDERSTUDY_BACKEND ?? 'wasm')
if (engine === undefined) throw new Error('no such engine')
await openEngine(engine, { ...applicationPaths({ modelsFolder: '' }, process.env), hasWindows: false })

const random = createRandom(7)
const clips = [voices.low, voices.high].map((voice, singer) => makeSingerClips(voice, 3, RATE_HZ, 30 + singer))
const config = trainedConfig
const layout = createParameterLayout(wavenetAutoencoderShapes(config, clips.length))
const state = createAdamWState(packParameters(layout, initializeWavenetAutoencoder(config, clips.length, random)))

const levelsOf = (samples: Float32Array) => Uint8Array.from(samples, muLawLevel)
const pitchOf = (f0Hz: Float32Array) => f0Hz.map(pitchInput)
const known = clips.map((own) => own.map(({ samples, f0Hz }) => ({ levels: levelsOf(samples), pitch: pitchOf(f0Hz) })))
const sampleCount = ITEM_FRAMES * config.hop
const framesOf = (samples: number) => (samples * PITCH_RATE_HZ) / RATE_HZ

function drawBatch() {
  const target = new Uint8Array(ITEMS * sampleCount)
  const pitch = new Float32Array(ITEMS * framesOf(sampleCount))
  const singerIndices = Array.from({ length: ITEMS }, (_, item) => item % clips.length)
  singerIndices.forEach((singer, item) => {
    // The last clip is told of and never learned from.
    const clip = known[singer][random.integer(clips[singer].length - 1)]
    const from = config.hop * random.integer(Math.floor(clip.levels.length / config.hop) - ITEM_FRAMES)
    target.set(clip.levels.subarray(from, from + sampleCount), item * sampleCount)
    pitch.set(clip.pitch.subarray(framesOf(from), framesOf(from + sampleCount)), item * framesOf(sampleCount))
  })
  return { sampleCount, target, heard: target, singerIndices, pitch }
}

let mean = 0
for (let step = 1; step <= steps; step++) {
  const rate = 3e-3 * Math.min(1, step / 50) * Math.min(1, (2.5 * (steps - step + 1)) / steps)
  const losses = await reconstructionStep({ config, layout, singerCount: clips.length }, state, [drawBatch()], {
    rates: { autoencoder: rate, adversaries: 0 },
    numbers: { autoencoder: step, adversaries: 0 },
    clipValue: null,
  })
  mean = step === 1 ? losses.reconstruction : 0.98 * mean + 0.02 * losses.reconstruction
  if (step % 50 === 0) process.stdout.write(`step ${step}: reconstruction ${mean.toFixed(3)} nats\n`)
}

const parameters = unpackParameters(layout, state.weights)
const kept = [...parameters].filter(([name]) => name.startsWith('decoder/') || name === 'singers/table')
const tensors = new Map(kept.map(([name, { values, shape }]) => [name, halves(values, shape)]))
for (const [singer, own] of known.entries()) {
  const { levels, pitch } = own[own.length - 1]
  const told = levels.subarray(0, TOLD_SEC * RATE_HZ)
  const [latents] = await readTensors(() => [
    encode(
      tensor3d(Float32Array.from(told, levelInput), [1, told.length, 1]),
      toTensors(layout, state.weights),
      config,
    ),
  ])
  tensors.set(`told/latents${singer}`, singles(latents, [latents.length / config.latent, config.latent]))
  tensors.set(`told/pitch${singer}`, singles(pitch.slice(0, TOLD_SEC * PITCH_RATE_HZ)))
  tensors.set(`told/levels${singer}`, {
    type: 'U8',
    shape: [SUNG_SEC * RATE_HZ],
    bytes: levels.slice(0, SUNG_SEC * RATE_HZ),
  })
}
const metadata = { reconstruction: mean.toFixed(3), steps: `${steps}`, made: 'node tests/bench/sampler-checkpoint.ts' }
writeFileSync(trainedDecoderPath, writeSafetensors({ tensors, metadata }))
