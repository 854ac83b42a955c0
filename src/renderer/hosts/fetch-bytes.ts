import { failure, FailureError } from '../../shared/base/errors.ts'
import type { BytePart } from '../audio/float-wav.ts'
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

/** The header that asks for a part of a file only; both ends of it are included. */
export const rangeOf = (part: BytePart | undefined): Record<string, string> =>
  part ? { Range: `bytes=${part.firstByte}-${part.endByte - 1}` } : {}

const unreachable = (url: string, details: string): FailureError =>
  new FailureError(
    failure('engine-unavailable', say.window.audioNotHandedOver, say.window.tryAgain, `${url}: ${details}`),
  )
