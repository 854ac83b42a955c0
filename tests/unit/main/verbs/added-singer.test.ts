import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Application } from '../../../../src/main/application.ts'
import { applicationPaths } from '../../../../src/main/paths.ts'
import type { SingerId, SourceId } from '../../../../src/shared/base/id.ts'
import { writeWaveformSinger } from '../../../../src/shared/formats/waveform-singer-file.ts'
import { ask, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { putClips } from '../../../support/plain-library.ts'
import { createScriptedTrainer, type ScriptedTrainer } from '../../../support/scripted-trainer.ts'
import { writeUntrainedSinger } from '../../../support/sound-files.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyWaveformSinger } from '../../../support/tiny-waveform.ts'

const clipIds = [...'ab'].map((letter) => letter.repeat(64) as SourceId) // as long as a hash
const learned = (name: string, at: number) => ({ name, hueIndex: 2, consent: 'asked', clipIds: [clipIds[at]] })
const asked = { preset: 'normal', seed: 1 } as const
const added = (addedTo: SingerId) => ({ size: 'preview', addedTo }) as const

let homeFolder: string
let trainer: ScriptedTrainer
beforeEach(async () => {
  homeFolder = temporaryFolder()
  trainer = createScriptedTrainer()
  await putClips(
    homeFolder,
    clipIds.map((id) => ({ id, fileName: 'a.wav' })),
  )
})

async function open(): Promise<Application> {
  // No singers come with this copy.
  const paths = {
    ...applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: homeFolder }),
    modelsFolder: join(homeFolder, 'models'),
  }
  const application = await openApplication(paths, trainer.fork)
  onTestFinished(() => application.close())
  return application
}

async function importSinger(application: Application, name: string, write: (path: string) => void) {
  const path = join(homeFolder, `${name}.singer`)
  write(path)
  return ask(application, 'singer:import', { file: { kind: 'path', path } })
}
const writeWaveform = (path: string) => writeFileSync(path, writeWaveformSinger(tinyWaveformSinger()))

test('a singer is added to the model of another, by its file, and goes on with it after a restart', async () => {
  const application = await open()
  const { id } = await importSinger(application, 'High', writeWaveform)
  const { jobId } = await ask(application, 'singer:train', { ...asked, ...learned('Mira', 0), waveform: added(id) })
  await expect.poll(() => trainer.taken.length).toBe(1)
  const modelPath = expect.stringContaining(id) as string
  expect(trainer.taken[0].request).toMatchObject({ name: 'Mira', waveform: { size: 'preview', modelPath } })
  expect(trainer.taken[0].request.waveform).not.toHaveProperty('addedTo')
  await ask(application, 'jobs:pause', { jobId })
  await application.jobEnded(jobId)
  await application.close()
  const again = await open()
  await ask(again, 'jobs:resume', { jobId })
  await expect.poll(() => trainer.taken.length).toBe(2)
  expect(trainer.taken[1].request.waveform).toEqual(trainer.taken[0].request.waveform)
})

test('two at once, a singer who is not there and one of another converter are refused by name', async () => {
  const application = await open()
  const { id } = await importSinger(application, 'High', writeWaveform)
  const spectral = await importSinger(application, 'Alba', (path) => writeUntrainedSinger(path, 'Alba'))
  const train = (addedTo: SingerId, beside: object = {}) =>
    ask(application, 'singer:train', { ...asked, ...learned('Mira', 0), ...beside, waveform: added(addedTo) })
  await expect(train(id, { beside: [learned('Tom', 1)] })).rejects.toMatchObject({
    failure: { code: 'request-invalid', message: 'One singer at a time is added to a model; 2 are named.' },
  })
  await expect(train(spectral.id)).rejects.toMatchObject({
    failure: { code: 'request-invalid', message: '“Alba” sings by no waveform model.' },
  })
  await expect(train('0'.repeat(26) as SingerId)).rejects.toMatchObject({ failure: { code: 'not-found' } })
  expect(trainer.taken).toEqual([])
})
