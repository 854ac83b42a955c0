import type { Failure } from '../../shared/base/errors.ts'
import { impersonal } from '../../shared/base/impersonal.ts'
import { say } from '../messages/say.svelte.ts'

/** The program that a failure happened in. */
export interface ReportedProgram {
  readonly version: string
  readonly platform: string
  readonly host: string
  /** Null while it is not known. */
  readonly engine: string | null
}

/**
 * What “Copy details” gives to whoever is asked for help: program, engine, what was done, the failure's code and parts.
 * @param isDetailSeen whether the person sees the details now. Else names and places are masked in them: nothing personal
 *   leaves by the clipboard that was not read before.
 */
export function failureReport(
  title: string,
  { code, message, remedy, details }: Failure,
  program: ReportedProgram | null,
  isDetailSeen: boolean,
): string {
  const lines = [
    program && say.state.reportProgram(program.version, program.platform, program.host),
    program?.engine && say.state.reportEngine(program.engine),
    `${title}: ${code}`,
    message,
    remedy,
    details === undefined || isDetailSeen ? details : impersonal(details),
  ]
  return lines.filter((line) => line).join('\n')
}
