import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { CommandContext } from '../../../../src/main/commands/command-context.ts'
import { addEvaluateWaveformCommand } from '../../../../src/main/commands/evaluate-waveform.ts'
import { applicationPaths } from '../../../../src/main/paths.ts'
import { writeWaveformSinger } from '../../../../src/shared/formats/waveform-singer-file.ts'
import { sourceInstallation } from '../../../support/opened-application.ts'
import { writeVoice } from '../../../support/sung-voice.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyWaveformSinger } from '../../../support/tiny-waveform.ts'

const contextIn = (folder: string): CommandContext => ({
  terminal: { isInteractive: false, width: 80, write: () => {}, writeAside: () => {} },
  interruption: new AbortController().signal,
  installation: sourceInstallation,
  paths: applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: folder }),
  endAtOnce: () => {},
  withApplication: () => expect.unreachable(),
})

function run(folder: string, ...words: readonly string[]): Promise<unknown> {
  const program = new Command()
  addEvaluateWaveformCommand(program, contextIn(folder))
  return program.parseAsync(['waveform', ...words], { from: 'user' })
}

test('a measurement of one singer, without a folder for each, or of too few recordings is refused before it begins', async () => {
  const [folder, audio] = [temporaryFolder(), temporaryFolder()]
  const singerPath = join(folder, 'high.singer')
  writeFileSync(singerPath, writeWaveformSinger(tinyWaveformSinger()))
  await expect(run(folder, '--singers', singerPath, '--audio', audio)).rejects.toMatchObject({
    failure: {
      code: 'request-invalid',
      message: 'Expected two singers or more, and a folder for each; found 1 and 1.',
    },
  })
  await expect(run(folder, '--singers', singerPath, singerPath, '--audio', audio)).rejects.toMatchObject({
    failure: { message: 'Expected two singers or more, and a folder for each; found 2 and 1.' },
  })
  writeVoice(join(audio, 'one.wav'), [new Float32Array(1600).fill(0.1)])
  await expect(run(folder, '--singers', singerPath, singerPath, '--audio', audio, audio)).rejects.toMatchObject({
    failure: { code: 'clips-too-few', message: 'Of High there are 1 recordings, and at least 3 are needed.' },
  })
})
