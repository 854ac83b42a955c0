import type { Application } from '../../../src/main/application.ts'
import { isVerbName, parseRequest, unknownVerb } from '../../../src/main/verbs/dispatch.ts'
import { failure } from '../../../src/shared/base/errors.ts'
import { failed, ok } from '../../../src/shared/base/result.ts'

/** The rim of an application: requests are parsed as they are in the whole one, and nothing is done. */
export function stubApplication(): Application {
  const none = (mediaId: string) =>
    Promise.resolve(failed(failure('not-found', `There is no sound ${mediaId.slice(0, 200)}.`)))
  const rim: Pick<Application, 'dispatch' | 'onEvent' | 'media' | 'peaks'> = {
    dispatch(name, request) {
      if (!isVerbName(name)) return Promise.resolve(unknownVerb(name))
      const parsed = parseRequest(name, request)
      return Promise.resolve(parsed.ok ? ok({}) : parsed)
    },
    onEvent: () => () => true,
    media: none,
    peaks: none,
  }
  return rim as Application // a host asks no more of it
}
