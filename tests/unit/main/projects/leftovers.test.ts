import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { applicationPaths } from '../../../../src/main/paths.ts'
import { removeLeftovers } from '../../../../src/main/projects/leftovers.ts'
import { sourceInstallation } from '../../../support/opened-application.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const part = '.x.0123456789ab.part'

test('what was being written when a session ended is cleared in all of the home but the engines, and what is whole stays', async () => {
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: temporaryFolder() })
  const put = (...names: string[]) => {
    const path = join(paths.homeFolder, ...names)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'x')
    return path
  }
  const gone = [put(part), put('singers', part), put('trainings', 'bruno', 'checkpoints', part), put('uploads', 'ab')]
  const kept = [put('library.sqlite'), put('singers', 'alba.singer'), put('engines', part), put('renders', '.hidden')]
  await removeLeftovers(paths)
  expect(gone.filter((path) => existsSync(path))).toEqual([])
  expect(kept.filter((path) => !existsSync(path))).toEqual([])
})
