import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeInstallTurn } from '../../../../../src/main/compute/native/install-turn.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

test('one process installs at a time; the next may once it gave its turn back', async () => {
  const folder = join(temporaryFolder(), 'engines')
  const giveBack = await takeInstallTurn(folder)
  await expect(takeInstallTurn(folder)).rejects.toThrow('is installing the engine at this moment')
  await giveBack()
  await (
    await takeInstallTurn(folder)
  )()
})

test('whoever was killed while it installed keeps nobody waiting, nor does a file that names nobody', async () => {
  const folder = temporaryFolder()
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  for (const left of [String(ended), '', 'nobody', '-1']) {
    writeFileSync(join(folder, 'installing'), left)
    await (
      await takeInstallTurn(folder)
    )()
  }
})
