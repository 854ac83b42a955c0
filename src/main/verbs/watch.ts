import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Handlers } from './handlers.ts'

export const watchVerbs: Pick<Handlers, 'watch:describe' | 'watch:choose'> = {
  'watch:describe': (_request, { watch }) => Promise.resolve(watch.describe()),
  'watch:choose': async ({ folder: given }, { watch }) => {
    const folder = given === null ? null : resolve(given)
    if (folder !== null && (await stat(folder).catch(() => null))?.isDirectory() !== true) {
      throw new FailureError(failure('file-missing', `The folder ${folder} is not there.`, 'Choose another folder.'))
    }
    await watch.choose(folder)
    return {}
  },
}
