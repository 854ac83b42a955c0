import { join } from 'node:path'
import { Command } from 'commander'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Application } from '../../../../src/main/application.ts'
import type { CommandContext } from '../../../../src/main/commands/command-context.ts'
import { addEmotionTrainCommand } from '../../../../src/main/commands/emotion-train.ts'
import { addVocoderCommand } from '../../../../src/main/commands/vocoder.ts'
import { addWaveformCommand } from '../../../../src/main/commands/waveform.ts'
import { applicationPaths, type ApplicationPaths } from '../../../../src/main/paths.ts'
import { CancelledError } from '../../../../src/shared/base/errors.ts'
import type { JobId, SourceId } from '../../../../src/shared/base/id.ts'
import { ask, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { putClips } from '../../../support/plain-library.ts'
import { createScriptedTrainer, type ScriptedTrainer } from '../../../support/scripted-trainer.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const clipIds = [...'abcdef'].map((letter) => letter.repeat(64) as SourceId) // as long as a hash
const singer = { hueIndex: 1, consent: 'asked', preset: 'normal', method: 'joint', seed: 1 } as const
const learned = (name: string, at: number) => ({ name, hueIndex: 2, consent: 'asked', clipIds: [clipIds[at]] })

let paths: ApplicationPaths
let trainer: ScriptedTrainer
beforeEach(async () => {
  const homeFolder = temporaryFolder()
  // No singers come with this copy.
  const modelsFolder = join(homeFolder, 'models')
  paths = { ...applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: homeFolder }), modelsFolder }
  trainer = createScriptedTrainer()
  await putClips(
    homeFolder,
    clipIds.map((id) => ({ id, fileName: 'a.wav' })),
  )
})

async function open(): Promise<Application> {
  const application = await openApplication(paths, trainer.fork)
  onTestFinished(() => application.close())
  return application
}

/** A waveform model of two whose names read like lists, one of other singers, and an emotion model: all of them rest. */
async function restingTrainings(application: Application) {
  const waveform = await ask(application, 'singer:train', {
    ...singer,
    ...learned('Day, Ann', 0),
    beside: [learned('Tom and Jerry', 1)],
    waveform: { size: 'preview' },
  })
  await ask(application, 'singer:train', { ...singer, ...learned('Mira', 2), beside: [learned('Ben', 3)] })
  const emotions = await ask(application, 'emotion:train', {
    name: 'Moods',
    clips: ['neutral', 'neutral', 'angry', 'angry', 'sad', 'sad'].map((emotion, at) => ({
      clipId: clipIds[at],
      fileName: `${emotion}.wav`,
      emotion,
      person: '',
    })),
    licence: 'mine',
    trainedOn: 'us',
    plan: { method: 'relgan', size: 'compact' },
    seed: 1,
  })
  for (const { id } of await ask(application, 'jobs:list', {})) {
    await ask(application, 'jobs:pause', { jobId: id })
    await application.jobEnded(id)
  }
  return { waveform: waveform.jobId, emotions: emotions.jobId }
}

/** Runs `understudy <words>` on an application that is open. */
function run(words: readonly string[], application: Application): Promise<unknown> {
  const terminal = { isInteractive: false, width: 80, write: () => {}, writeAside: () => {} }
  const context: CommandContext = {
    terminal,
    interruption: new AbortController().signal,
    installation: sourceInstallation,
    paths,
    endAtOnce: () => {},
    withApplication: (action) => action(application),
  }
  const program = new Command()
  addWaveformCommand(program, context)
  addVocoderCommand(program, context)
  addEmotionTrainCommand(program.command('emotion'), context)
  return program.parseAsync(words, { from: 'user' })
}

const stateOf = async (application: Application, jobId: JobId) =>
  (await ask(application, 'jobs:list', {})).find(({ id }) => id === jobId)?.state

test('a waveform training goes on after a restart by the name of any of its singers, whatever is in the name', async () => {
  const first = await open()
  const { waveform } = await restingTrainings(first)
  await first.close()
  const application = await open()
  const begun = trainer.taken.length
  const paused = run(['waveform', 'resume', 'Day, Ann'], application)
  const isPaused = expect(paused).rejects.toThrow(CancelledError)
  await expect.poll(() => trainer.taken.length).toBe(begun + 1)
  await ask(application, 'jobs:pause', { jobId: waveform })
  await isPaused
  const ended = run(['waveform', 'resume', 'tom and jerry'], application)
  await expect.poll(() => trainer.taken.length).toBe(begun + 2)
  expect(trainer.taken[begun + 1].request).toMatchObject({ name: 'Day, Ann', waveform: { size: 'preview' } })
  trainer.complete()
  await ended
  expect(await stateOf(application, waveform)).toBe('done')
})

test('what another command trains is not resumed, nor by a part of a name; what waits is named', async () => {
  const application = await open()
  const { waveform, emotions } = await restingTrainings(application)
  const refused = (words: readonly string[]) =>
    expect(run(words, application)).rejects.toMatchObject({ failure: { code: 'not-found' } })
  await refused(['waveform', 'resume', 'Moods'])
  await refused(['waveform', 'resume', 'Mira'])
  await refused(['waveform', 'resume', 'Ann'])
  await refused(['vocoder', 'resume', 'Moods'])
  await refused(['emotion', 'resume', 'Day, Ann'])
  expect([await stateOf(application, waveform), await stateOf(application, emotions)]).toEqual(['paused', 'paused'])
  await expect(run(['waveform', 'resume', 'Tom'], application)).rejects.toMatchObject({
    failure: {
      message: 'No training of a waveform model with “Tom” waits to go on.',
      remedy: 'These wait: Day, Ann, Tom and Jerry.',
    },
  })
})
