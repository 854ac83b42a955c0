import { spectralAutoencoderSizes } from '../../../shared/networks/spectral-autoencoder/config.ts'
import { parameterShapes } from '../../../shared/networks/spectral-autoencoder/parameters.ts'
import { localWork, type TensorWork } from '../../../shared/networks/spectral-autoencoder/tensor-work.ts'
import type { TrainingBatch } from '../../../shared/networks/spectral-autoencoder/training-batch.ts'
import { trainingStep, type Network } from '../../../shared/networks/spectral-autoencoder/training-step.ts'
import { createAdamWState } from '../../../shared/nn/adamw.ts'
import { createParameterLayout } from '../../../shared/nn/parameters.ts'
import { STEP_FRAMES, STEP_ITEMS } from './step-cost.ts'

/**
 * What a right backend gives for the formula below: recorded from tfjs's plain JavaScript backend, whose forward
 * pass equals the reference implementation and whose gradient equals finite differences.
 */
export const KNOWN_NUMBERS = {
  loss: 1.83284,
  gradientNorm: 0.37132,
  gradientProbe: 0.25639,
  passLoss: 1.83408,
} as const
/** Engines that are right are within 1e-5 of them. */
const TOLERANCES = { loss: 1e-4, gradientNorm: 1e-3, gradientProbe: 1e-3, passLoss: 1e-4 } as const
/** Frames of 10 ms in a second. */
const INFERENCE_FRAMES = 100

export interface SelfTestNumbers {
  readonly loss: number
  readonly gradientNorm: number
  /** Σ gradient[i] · sin(i): moves when any part of the gradient is misplaced. */
  readonly gradientProbe: number
  /** Of an inference alone, over other frames than the step's. */
  readonly passLoss: number
}

/** A training step's loss and gradient, and an inference, of a small network on waves. */
export async function selfTestNumbers(work: TensorWork = localWork): Promise<SelfTestNumbers> {
  const network = createNetwork('tiny')
  const weights = wave(network.layout.count, 0.3)
  const { losses, gradient } = await work.lossAndGradient(network, weights, waveBatch(3, 25))
  const pass = await work.measureLoss(network, weights, waveBatch(1, 40))
  let squares = 0
  let gradientProbe = 0
  gradient.forEach((value, index) => {
    squares += value * value
    gradientProbe += value * Math.sin(index)
  })
  return { loss: losses.total, gradientNorm: Math.sqrt(squares), gradientProbe, passLoss: pass.total }
}

/** Null when the numbers are right, else what is wrong in words. */
export function complaintAbout(numbers: SelfTestNumbers): string | null {
  const names = ['loss', 'gradientNorm', 'gradientProbe', 'passLoss'] as const
  const wrong = names.find((name) => !(Math.abs(numbers[name] - KNOWN_NUMBERS[name]) <= TOLERANCES[name]))
  if (wrong === undefined) return null
  return `wrong numbers in the self-test: ${wrong} is ${numbers[wrong]}, expected ${KNOWN_NUMBERS[wrong]}`
}

/** Training steps per second of the fast size, batch 8 × 160, after one step to warm up. */
export async function measureStepsPerSec(
  nowMs: () => number,
  stepCount: number,
  size: 'fast' | 'standard' = 'fast',
  work: TensorWork = localWork,
): Promise<number> {
  const network = createNetwork(size)
  const state = createAdamWState(wave(network.layout.count, 0.05))
  const batch = waveBatch(STEP_ITEMS, STEP_FRAMES)
  const step = (stepNumber: number) =>
    trainingStep(network, state, batch, 1e-4, stepNumber, undefined, undefined, work.lossAndGradient)
  await step(1)
  const startMs = nowMs()
  for (let index = 0; index < stepCount; index++) await step(index + 2)
  return (stepCount * 1000) / (nowMs() - startMs)
}

/** One second of sound through the fast network and its loss: the fastest of `passCount` passes, in milliseconds. */
export async function measureInferenceMs(
  nowMs: () => number,
  passCount: number,
  work: TensorWork = localWork,
): Promise<number> {
  const network = createNetwork('fast')
  const weights = wave(network.layout.count, 0.05)
  const batch = waveBatch(1, INFERENCE_FRAMES)
  await work.measureLoss(network, weights, batch)
  let fastestMs = Infinity
  for (let pass = 0; pass < passCount; pass++) {
    const startMs = nowMs()
    await work.measureLoss(network, weights, batch)
    fastestMs = Math.min(fastestMs, nowMs() - startMs)
  }
  return fastestMs
}

function createNetwork(size: keyof typeof spectralAutoencoderSizes): Network {
  const config = spectralAutoencoderSizes[size]
  return { config, layout: createParameterLayout(parameterShapes(config, 1)), singerCount: 1 }
}

const wave = (count: number, scale: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => scale * Math.sin(1 + 0.37 * index))

function waveBatch(itemCount: number, frameCount: number): TrainingBatch {
  const rows = itemCount * frameCount
  return {
    frameCount,
    encoderInput: wave(rows * 57, 1),
    auxiliary: wave(rows * 3, 0.5),
    target: wave(rows * 64, 1.5),
    singerIndices: Array.from({ length: itemCount }, () => 0),
    isNarrow: Array.from({ length: itemCount }, (_, item) => item === 0),
  }
}
