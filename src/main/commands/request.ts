import { FailureError } from '../../shared/base/errors.ts'
import type { Request, Response, VerbName } from '../../shared/contract/verbs.ts'
import type { Application } from '../application.ts'

/** Asks a verb; a failure leaves the command. */
export async function request<Name extends VerbName>(
  application: Application,
  name: Name,
  asked: Request<Name>,
): Promise<Response<Name>> {
  const outcome = await application.call(name, asked)
  if (!outcome.ok) throw new FailureError(outcome.failure)
  return outcome.value
}
