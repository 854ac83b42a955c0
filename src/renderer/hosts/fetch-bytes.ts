import { failure, FailureError } from '../../shared/base/errors.ts'
import { say } from '../messages/say.svelte.ts'

/** The bytes at an address of the application, or a FailureError that says which and why not. */
export async function fetchBytes(url: string, init: RequestInit = {}): Promise<ArrayBuffer> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw unreachable(url, String(error))
  })
  if (response.status === 404) {
    throw new FailureError(failure('file-missing', 'The audio is no longer there.', undefined, url))
  }
  if (!response.ok) throw unreachable(url, `answer ${response.status}`)
  return response.arrayBuffer()
}

const unreachable = (url: string, details: string): FailureError =>
  new FailureError(
    failure('engine-unavailable', say.window.audioNotHandedOver, say.window.tryAgain, `${url}: ${details}`),
  )
