import { mkdirSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Application } from '../../../../src/main/application.ts'
import { downloadsFolder } from '../../../../src/main/compute/native/native-offer.ts'
import { nativeRecipes } from '../../../../src/main/compute/native/native-recipe.ts'
import { applicationPaths } from '../../../../src/main/paths.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { ask, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { createScriptedWorker } from '../../../support/scripted-worker.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const paths = () => applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: temporaryFolder() })

async function open(own: ReturnType<typeof paths>): Promise<Application> {
  const application = await openApplication(own, createScriptedWorker('train').fork)
  onTestFinished(() => application.close())
  return application
}

/** On a machine that could install it the job is cancelled at once, before anything is fetched. */
test('an installation is refused in words where it can’t be had, and else cancelled at once, keeping what came before', async () => {
  const own = paths()
  const [wheel] = nativeRecipes.cpu.wheels
  mkdirSync(downloadsFolder(own.enginesFolder), { recursive: true })
  const part = join(downloadsFolder(own.enginesFolder), `${wheel.name}.part`)
  writeFileSync(part, Buffer.alloc(5000))
  const application = await open(own)
  const { native } = await ask(application, 'engine:describe', {})
  expect(native.variants.map(({ receivedBytes }) => receivedBytes)).toEqual([5000, 0])
  const asked = await application.call('engine:install', { variant: 'cpu' })
  if (native.obstacle !== null) {
    expect(!asked.ok && asked.failure.message).toBe(native.obstacle)
  } else {
    if (!asked.ok) throw new FailureError(asked.failure)
    const removal = await application.call('engine:remove', {})
    expect(!removal.ok && removal.failure.message).toContain('is not over')
    await ask(application, 'jobs:cancel', asked.value)
    expect(await application.jobEnded(asked.value.jobId)).toMatchObject({ kind: 'engine-install', state: 'cancelled' })
  }
  expect(existsSync(part)).toBe(true)
})

test('removing takes what an interrupted download left, and everybody is told', async () => {
  const own = paths()
  mkdirSync(downloadsFolder(own.enginesFolder), { recursive: true })
  const application = await open(own)
  const told = new Promise((settle) => application.onEvent((event) => event.kind === 'engine-changed' && settle(event)))
  await ask(application, 'engine:remove', {})
  expect(existsSync(downloadsFolder(own.enginesFolder))).toBe(false)
  expect(await told).toMatchObject({ report: { native: { installed: null } } })
})
