import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { vocoderNeeds, vocoderPlan } from '../../../../src/main/compute/training/vocoder/vocoder-needs.ts'
import { discardVocoder, listVocoders, vocoderOf, vocoderPath } from '../../../../src/main/jobs/vocoder-files.ts'
import type { VocoderId } from '../../../../src/shared/base/id.ts'
import { writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { vocoderRenderer } from '../../../../src/shared/project/renderers.ts'
import { vocoderPlans } from '../../../../src/shared/training/vocoder/plans.ts'
import { makeTemporaryFolder, removeFolder } from '../../../support/temporary-folder.ts'
import { tinyVocoder, tinyVocoderCard } from '../../../support/tiny-vocoder.ts'

const homeFolder = makeTemporaryFolder()
afterAll(() => removeFolder(homeFolder))
const home = { homeFolder }
const [tom, broken, mine] = ['tom1', 'broken1', 'mine1'] as unknown as VocoderId[] // only the brand is added

test('vocoders of the library are told by their cards, and one that is broken is left out, until they are discarded', async () => {
  const bytes = writeVocoderFile(tinyVocoder, tinyVocoderCard)
  expect(await listVocoders(home)).toEqual([])
  mkdirSync(dirname(vocoderPath(tom, home)), { recursive: true })
  writeFileSync(vocoderPath(tom, home), bytes)
  writeFileSync(vocoderPath(broken, home), bytes.subarray(0, 200))
  expect(await listVocoders(home)).toMatchObject([{ id: 'tom1', name: 'Tom', steps: 12 }])
  await discardVocoder(tom, home)
  expect(await listVocoders(home)).toEqual([])
})

test('a longer training and more recordings take more of everything; an engine that nobody measured promises no time', () => {
  const facts = {
    network: 'source-filter' as const,
    size: 'compact' as const,
    recordedSec: 600,
    gflopPerSec: 40,
    analysisFactor: 10,
  }
  const usual = vocoderNeeds(facts)
  const twice = vocoderNeeds({
    ...facts,
    steps: 2 * vocoderPlans['source-filter'].compact.stepCount,
    recordedSec: 1200,
  })
  expect(twice.sec?.lowSec).toBeCloseTo(2 * (usual.sec?.lowSec ?? 0))
  expect(twice.diskBytes).toBeGreaterThan(usual.diskBytes)
  expect(twice.memoryBytes).toBeGreaterThan(usual.memoryBytes)
  expect(vocoderNeeds({ ...facts, gflopPerSec: null }).sec).toBeNull()
  // The design counts 9.4 × 10⁹ for a step, without the way back through the loss.
  const learnSec = (usual.sec?.highSec ?? 0) - 120
  expect((learnSec * 40) / 2 / vocoderPlans['source-filter'].compact.stepCount).toBeGreaterThan(8)
  expect((learnSec * 40) / 2 / vocoderPlans['source-filter'].compact.stepCount).toBeLessThan(11)
})

test('a plan of other steps is checked as often in proportion', () => {
  expect(vocoderPlan('source-filter', 'compact', 40)).toMatchObject({ stepCount: 40, checkSteps: 4 })
  expect(vocoderPlan('source-filter', 'compact')).toBe(vocoderPlans['source-filter'].compact)
})

test('a performance that a vocoder renders is refused by name while it is not there, and follows its weights', async () => {
  const renderer = vocoderRenderer(mine)
  await expect(vocoderOf({ renderer }, home)).rejects.toThrow('(mine1) is not in the library')
  const path = vocoderPath(mine, home)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'weights')
  const first = await vocoderOf({ renderer }, home)
  writeFileSync(path, 'learned on')
  const second = await vocoderOf({ renderer }, home)
  expect([first?.path, second?.path]).toEqual([path, path])
  expect(second?.digest).not.toBe(first?.digest)
  expect(await vocoderOf({ renderer: 'world' }, home)).toBe(null)
})
