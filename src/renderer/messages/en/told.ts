import type { FailureCode } from '../../../shared/base/errors.ts'

/** What the application behind the window says is English already. */
export const told = {
  title: (title: string) => title,
  phase: (phase: string) => phase,
  /** Why an engine is used, or is not. */
  reason: (reason: string) => reason,
  failure: (_code: FailureCode, message: string) => message,
  remedy: (_code: FailureCode, remedy: string) => remedy,
}
