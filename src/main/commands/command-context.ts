import type { ApplicationInfo } from '../../shared/contract/verbs.ts'
import type { Application } from '../application.ts'
import type { FarmAddress } from '../farm/farm-address.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import type { Following } from './follow-job.ts'

/** How the application is opened for a command, where that is not as usual. */
export interface Opening {
  readonly homeFolder?: string
  readonly host?: ApplicationInfo['host']
  /** Other machines that work for this command, in place of those that the environment names. */
  readonly farm?: Partial<FarmAddress>
}

/**
 * What every command gets. A command is a file here that exports `add<Name>Command(program, context)`; its
 * action throws FailureError or CancelledError, and `cli.ts` turns these into words and exit codes.
 */
export interface CommandContext extends Following {
  readonly installation: Installation
  readonly paths: ApplicationPaths
  /**
   * From now on Ctrl-C ends the process itself: for work in this thread that lets nothing in for minutes, and of which
   * nothing is half done at any moment. Throws CancelledError where it came already.
   */
  endAtOnce(): void
  /**
   * Opens the application, lets the action work, closes it whatever happens. With `homeFolder` on a library of its
   * own there, so that a demo or a measurement leaves the person's library alone.
   */
  withApplication<T>(action: (application: Application) => Promise<T>, opening?: Opening): Promise<T>
}
