import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SourceId } from '../../../src/shared/base/id.ts'
import type { TrainRequest } from '../../../src/shared/contract/compute.ts'
import type { RunningTask, TaskListeners } from '../../../src/main/compute/workers/lane-task.ts'
import type { ComputePool } from '../../../src/main/compute/workers/pool.ts'
import { createFarmDoor } from '../../../src/main/farm/farm-door.ts'
import { createFarmPool } from '../../../src/main/farm/farm-pool.ts'
import { createLogger } from '../../../src/main/logger.ts'
import { differences, traces, trainThrough } from '../../support/killed-training.ts'
import { sourceInstallation } from '../../support/opened-application.ts'
import { sungVoice, writeVoice } from '../../support/sung-voice.ts'
import { farmBinary, killMachine, openWorkingFarm, type WorkingFarm } from '../../support/working-farm.ts'

/** A machine dies after the first half of them, whose check is written. */
const STEPS = 20

describe.skipIf(farmBinary === null)('a singer who is learned elsewhere', () => {
  let farm: WorkingFarm
  let alone: TrainRequest
  const environment = { modelsFolder: sourceInstallation.modelsFolder, enginesFolder: null }

  beforeAll(async () => {
    farm = await openWorkingFarm()
    writeVoice(join(farm.folder, 'clip.wav'), [sungVoice('low', 3)])
    alone = requestFor('alone')
    await trainThrough(alone, [], environment)
  })
  afterAll(() => farm.close())

  /** @param fileName tells one task from another, and nobody learns from it */
  function requestFor(name: string, fileName = 'clip.wav'): TrainRequest {
    const home = farm.newHome(name)
    return {
      clips: [{ clipId: 'c'.repeat(64) as SourceId, fileName, path: join(farm.folder, 'clip.wav') }], // an id
      name: 'Mira',
      consent: 'a synthesized voice',
      licence: 'CC0',
      workFolder: join(home, 'work'),
      singerPath: join(home, 'mira.singer'),
      createdAtMs: 1_700_000_000_000,
      preset: 'quick',
      method: 'scratch',
      plan: { stepCount: STEPS, checkSteps: STEPS / 2, patience: 99 },
      size: 'tiny',
      seed: 1,
    }
  }
  /** Nothing is computed on this machine. */
  const nowhere: ComputePool = {
    run: () => {
      throw new Error('it was done here')
    },
    engineOf: () => null,
    states: () => [],
    setPace: () => {},
    stop: () => {},
  }
  function learnAway(request: TrainRequest, listeners: TaskListeners): RunningTask {
    const home = farm.newHome('asker')
    const door = createFarmDoor(farm.address, home)
    onTestFinished(() => door.close())
    const pool = createFarmPool({
      local: nowhere,
      openFarm: door.open,
      shippedEmotions: '',
      logger: createLogger(home, 'test'),
    })
    return pool.run('training', { kind: 'train', request }, listeners)
  }

  /** As far as the one who learned alone. */
  const hasLearned = (away: TrainRequest): boolean =>
    existsSync(away.singerPath) && differences(traces(alone), traces(away)).length === 0

  test('is the singer who is learned here, byte for byte, also where a machine dies and another takes over', async () => {
    const first = await farm.startWorker()
    const away = requestFor('away')
    const checks: number[] = []
    const running = learnAway(away, {
      onTrainingPoint: ({ step, heldOutLoss }) => {
        if (heldOutLoss === null) return
        checks.push(step)
        if (checks.length !== 1) return
        killMachine(first)
        void farm.startWorker()
      },
    })
    expect((await running.done).kind).toBe('done')
    expect(differences(traces(alone), traces(away))).toEqual([])
    expect(checks[checks.length - 1]).toBe(STEPS)
  })

  test('that is paused goes on here, and ends with the same bytes', async () => {
    await farm.startWorker()
    const away = requestFor('paused', 'other.wav')
    // The wish is on its way while some of the steps are taken; most are not.
    const running = learnAway(away, { onProgress: (_, phase) => /step/.test(phase) && running.pause() })
    expect((await running.done).kind).toBe('paused')
    expect(existsSync(join(away.workFolder, 'training.safetensors'))).toBe(true)
    expect(hasLearned(away)).toBe(false)
    await trainThrough(away, [], environment)
    // The mean of a curve's point begins anew after a pause; what is learned does not.
    expect(differences(traces(alone), traces(away)).filter((name) => !['training', 'curve'].includes(name))).toEqual([])
  })

  test('that was learned before is there at once for whoever asks the same', async () => {
    const again = requestFor('again')
    expect((await learnAway(again, {}).done).kind).toBe('done')
    expect(differences(traces(alone), traces(again))).toEqual([])
  })
})
