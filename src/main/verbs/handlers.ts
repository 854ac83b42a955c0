import type { Request, Response, VerbName } from '../../shared/contract/verbs.ts'
import type { VerbContext } from './context.ts'

/** What answers each verb. A missing one does not compile. Expected failures are thrown as FailureError. */
export type Handlers = {
  readonly [Name in VerbName]: (request: Request<Name>, context: VerbContext) => Promise<Response<Name>>
}
