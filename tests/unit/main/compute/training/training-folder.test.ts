import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTrainingFolder } from '../../../../../src/main/compute/training/training-folder.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { readSafetensors, writeSafetensors } from '../../../../../src/shared/formats/safetensors.ts'
import { createAdamWState } from '../../../../../src/shared/nn/adamw.ts'
import { noChecksYet } from '../../../../../src/shared/training/early-stopping.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const curve = [{ step: 10, trainLoss: 0.5, heldOutLoss: 0.4, auditionId: 'step-000010' }]
const saved = {
  state: {
    step: 10,
    history: noChecksYet,
    random: createRandom(1).save(),
    optimizer: createAdamWState(new Float32Array(6)),
    bestWeights: null,
  },
  curves: [curve],
}
const open = (folder: string, fingerprint: string) =>
  openTrainingFolder({ folders: [folder], fingerprint, parameterCount: 6, stageName: '' })

test('a checkpoint has the same bytes however long it took, and the time is told all the same', () => {
  const folder = temporaryFolder()
  const training = open(folder, 'one')
  const bytes = (elapsedSec: number) => {
    training.save({ ...saved, elapsedSec })
    return readFileSync(join(folder, 'training.safetensors'))
  }
  expect(bytes(1)).toEqual(bytes(1000))
  expect(training.load()?.elapsedSec).toBe(1000)
  expect(open(folder, 'another').load()).toBeNull()
})

test('whoever died after the checkpoint and before its curve finds the curve of the checkpoint', () => {
  const folder = temporaryFolder()
  const training = open(folder, 'one')
  training.save({ ...saved, elapsedSec: 3 })
  const path = join(folder, 'curve.json')
  const whole = readFileSync(path)
  writeFileSync(path, '[]')
  expect(training.load()?.curves).toEqual([curve])
  expect(readFileSync(path)).toEqual(whole)
})

test.each([
  '',
  'no JSON',
  '{}',
  '[{"step":-1}]',
  '[null]',
  '[{"step":1,"trainLoss":"x","heldOutLoss":null,"auditionId":null}]',
])('a checkpoint whose curve is %j is none: the training begins anew', (curveText) => {
  const folder = temporaryFolder()
  const training = open(folder, 'one')
  training.save({ ...saved, elapsedSec: 3 })
  const path = join(folder, 'training.safetensors')
  const file = readSafetensors(readFileSync(path))
  if (!file.ok) throw new Error(file.failure.message)
  const metadata = { ...file.value.metadata, curve: curveText }
  writeFileSync(path, writeSafetensors({ ...file.value, metadata }))
  expect(training.load()).toBeNull()
})
