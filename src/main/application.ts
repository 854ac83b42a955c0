import type { JobId } from '../shared/base/id.ts'
import type { Result } from '../shared/base/result.ts'
import type { Job } from '../shared/contract/jobs.ts'
import type { ApplicationEvent, Request, Response, VerbName } from '../shared/contract/verbs.ts'

/** The application as its hosts see it: verbs in, events out, media by id. */
export interface Application {
  /** A verb from code that the compiler checked. The request is parsed all the same. */
  call<Name extends VerbName>(name: Name, request: Request<Name>): Promise<Result<Response<Name>>>
  /** A verb from outside: neither its name nor its request is believed. */
  dispatch(name: string, request: unknown): Promise<Result<unknown>>
  /** The answer ends the listening. */
  onEvent(listener: (event: ApplicationEvent) => void): () => void
  /** Settles when the job is done, paused, cancelled or failed. */
  jobEnded(jobId: JobId): Promise<Job>
  /** Path of a 32-bit float WAV at the project's rate. */
  media(mediaId: string): Promise<Result<string>>
  /** Path of its peaks pyramid. */
  peaks(mediaId: string): Promise<Result<string>>
  /** Stops jobs (trainings keep a checkpoint), waits up to three seconds, closes the library. */
  close(): Promise<void>
}
