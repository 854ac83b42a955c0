import type { Application } from '../application.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import type { Following } from './follow-job.ts'

/**
 * What every command gets. A command is a file here that exports `add<Name>Command(program, context)`; its
 * action throws FailureError or CancelledError, and `cli.ts` turns these into words and exit codes.
 */
export interface CommandContext extends Following {
  readonly installation: Installation
  readonly paths: ApplicationPaths
  /** Opens the application, lets the action work, closes it whatever happens. */
  withApplication<T>(action: (application: Application) => Promise<T>): Promise<T>
}
