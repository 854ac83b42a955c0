import type { FailureCode } from '../../../shared/base/errors.ts'
import type { EngineId, NativeVariantId } from '../../../shared/contract/engines.ts'
import type { Told } from '../../../shared/contract/told.ts'

/** What the application behind the window says is English already. */
export const told = {
  title: (title: string) => title,
  phase: (phase: string) => phase,
  /** What comes with its code: why an engine is used, notices. */
  said: (words: string, _told: Told | undefined) => words,
  engine: (label: string, _id: EngineId) => label,
  nativeEngine: (label: string, _id: NativeVariantId) => label,
  /** Whose a native engine is, and under which terms. */
  licence: (licence: string, _id: NativeVariantId) => licence,
  /** What is not known of a native engine. */
  caveat: (caveat: string, _id: NativeVariantId) => caveat,
  failure: (_code: FailureCode, message: string) => message,
  remedy: (_code: FailureCode, remedy: string) => remedy,
}
