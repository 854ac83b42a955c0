import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'

const FILE_NAME = 'installing'

/**
 * Lets one process at a time write into the folder of engines: a window and a terminal may both be asked to install.
 * Throws FailureError while another one that still lives is at it. The answer gives the turn back.
 */
export async function takeInstallTurn(enginesFolder: string, ownId = process.pid): Promise<() => Promise<void>> {
  const path = join(enginesFolder, FILE_NAME)
  await mkdir(enginesFolder, { recursive: true })
  const take = () => writeFile(path, String(ownId), { flag: 'wx' })
  try {
    await take()
  } catch {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''))
    if (isAlive(owner)) {
      const message = 'Another Understudy on this machine is installing the engine at this moment.'
      throw new FailureError(failure('engine-unavailable', message, 'Wait until it is done.'))
    }
    // It was killed in the middle.
    await rm(path, { force: true })
    await take()
  }
  return () => rm(path, { force: true })
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false
  try {
    return process.kill(processId, 0)
  } catch (cause) {
    // Somebody else's process may not be asked, but it lives.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
