import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  openEmotionFolder,
  type SavedEmotionTraining,
} from '../../../../../../src/main/compute/training/emotion/emotion-folder.ts'
import { emotionNeeds, emotionPlan } from '../../../../../../src/main/compute/training/emotion/emotion-needs.ts'
import { createRandom } from '../../../../../../src/shared/base/random.ts'
import { initializeRelgan, initializeSingularVectors } from '../../../../../../src/shared/networks/relgan/initialize.ts'
import { relganShapes } from '../../../../../../src/shared/networks/relgan/parameters.ts'
import { generatorGflop, relganGflopPerStep } from '../../../../../../src/shared/networks/relgan/step-cost.ts'
import { createAdamWState } from '../../../../../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters } from '../../../../../../src/shared/nn/parameters.ts'
import { noChecksYet } from '../../../../../../src/shared/training/early-stopping.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../../support/temporary-folder.ts'

const config = { channels: 1, emotions: 3 }
const random = createRandom(9)
const layout = createParameterLayout(relganShapes(config))
const saved: SavedEmotionTraining = {
  state: {
    step: 30,
    random: random.save(),
    optimizer: createAdamWState(packParameters(layout, initializeRelgan(config, random))),
    singularVectors: initializeSingularVectors(config, random),
  },
  history: { bestStep: 20, bestLoss: 1.25, checksSinceBest: 1 },
  curve: [{ step: 10, trainLoss: 30, heldOutLoss: 1.25, auditionId: null }],
  elapsedSec: 12,
}

let folder = ''
beforeEach(() => {
  folder = makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

describe('a training’s folder', () => {
  test('gives back what decides how it goes on, bit for bit', () => {
    openEmotionFolder(folder, 'one', config).save(saved)
    expect(openEmotionFolder(folder, 'one', config).load()).toEqual(saved)
  })

  test('holds the same bytes for the same steps, however long they took', () => {
    openEmotionFolder(folder, 'one', config).save(saved)
    const first = readFileSync(join(folder, 'training.safetensors'))
    openEmotionFolder(folder, 'one', config).save({ ...saved, elapsedSec: 99 })
    expect(readFileSync(join(folder, 'training.safetensors')).equals(first)).toBe(true)
  })

  test('is not gone on with for other clips, another size, or when it is damaged', () => {
    openEmotionFolder(folder, 'one', config).save({ ...saved, history: noChecksYet })
    expect(openEmotionFolder(folder, 'one', config).load()?.history).toEqual(noChecksYet)
    expect(openEmotionFolder(folder, 'two', config).load()).toBeNull()
    expect(openEmotionFolder(folder, 'one', { ...config, channels: 2 }).load()).toBeNull()
    const path = join(folder, 'training.safetensors')
    writeFileSync(path, readFileSync(path).subarray(0, 5000))
    expect(openEmotionFolder(folder, 'one', config).load()).toBeNull()
  })
})

describe('what a training needs', () => {
  const facts = { emotionCount: 4, clipsSec: 600, gflopPerSec: 100, analysisFactor: 6 } as const

  test('grows with the size as the arithmetic does, and is not told before an engine was measured', () => {
    const compact = emotionNeeds({ ...facts, size: 'compact' })
    const paper = emotionNeeds({ ...facts, size: 'paper', steps: compact.stepCount })
    // Sixty-four times the arithmetic of an item, but for the first and last layers, and twice the items.
    const ratio = ((paper.sec?.lowSec ?? 0) - 100) / ((compact.sec?.lowSec ?? 0) - 100)
    expect(ratio).toBeGreaterThan(60)
    expect(ratio).toBeLessThan(128)
    expect(paper.memoryBytes).toBeGreaterThan(5 * compact.memoryBytes)
    expect(paper.diskBytes).toBeGreaterThan(20 * compact.diskBytes)
    expect(emotionNeeds({ ...facts, size: 'compact', gflopPerSec: null }).sec).toBeNull()
  })

  test('a short training is checked ten times, one of the usual length as the plan says', () => {
    expect(emotionPlan('compact', 50)).toMatchObject({ stepCount: 50, checkSteps: 5 })
    expect(emotionPlan('compact', 3)).toMatchObject({ stepCount: 3, checkSteps: 1 })
    expect(emotionPlan('paper')).toMatchObject({ stepCount: 100_000, batchSize: 8, checkSteps: 1000 })
  })

  test('a step at paper size takes nine generator calls there and back, and the judges’ part', () => {
    const paper = { channels: 128, emotions: 4 }
    // One crop through the generator: 15 · 10⁹ multiplications.
    expect(generatorGflop(paper, 128)).toBeGreaterThan(28)
    expect(generatorGflop(paper, 128)).toBeLessThan(32)
    const judges = relganGflopPerStep(paper, 1) - 27 * generatorGflop(paper, 128)
    expect(judges).toBeGreaterThan(100)
    expect(judges).toBeLessThan(400)
    expect(relganGflopPerStep(paper, 8)).toBeCloseTo(8 * relganGflopPerStep(paper, 1), 6)
  })
})
