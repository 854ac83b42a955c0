import type * as z from 'zod'
import { failure } from '../../shared/base/errors.ts'
import { failed, ok, type Result } from '../../shared/base/result.ts'
import { verbs, type Request, type VerbName } from '../../shared/contract/verbs.ts'

export const isVerbName = (name: string): name is VerbName => Object.hasOwn(verbs, name)

/** Reads a request by the verb's own parser, and says what was expected and what was found. */
export function parseRequest<Name extends VerbName>(name: Name, request: unknown): Result<Request<Name>> {
  const parsed = verbs[name].request.safeParse(request)
  // The parser is the verb's own, so what it accepts is that verb's request; TypeScript can't follow the lookup.
  if (parsed.success) return ok(parsed.data as Request<Name>)
  return failed(failure('request-invalid', `${name} was asked in a way it can't be: ${complaints(parsed.error)}.`))
}

export const unknownVerb = (name: string): Result<never> =>
  failed(failure('request-invalid', `There is no verb “${name.slice(0, 80)}”.`))

const complaints = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ')
