import type { Failure } from '../../src/shared/base/errors.ts'
import type { JobId, ProjectId, RegionId, SingerId } from '../../src/shared/base/id.ts'
import type { Job, JobOutcome } from '../../src/shared/contract/jobs.ts'
import type { Performer } from '../../src/shared/contract/library.ts'
import type { ApplicationEvent, OpenProject, Request, Response, VerbName } from '../../src/shared/contract/verbs.ts'
import type { Source } from '../../src/shared/project/model.ts'
import { defaultPerformance } from '../../src/shared/project/performance.ts'
import type { FarmAddress } from '../../src/main/farm/farm-address.ts'
import { applicationPaths, type ApplicationPaths } from '../../src/main/paths.ts'
import { ask, openWithWorkers, sourceInstallation, type HandOnWorkers } from './opened-application.ts'

type OutcomeOf<Kind extends JobOutcome['kind']> = Extract<JobOutcome, { kind: Kind }>

/** The real application with its real workers, asked as a page asks it, with a hand on the workers' throats. */
export interface Studio extends HandOnWorkers {
  readonly paths: ApplicationPaths
  /** Throws what the application answers as a failure. */
  ask<Name extends VerbName>(name: Name, request: Request<Name>): Promise<Response<Name>>
  /** For a verb that must be refused. */
  refusal<Name extends VerbName>(name: Name, request: Request<Name>): Promise<Failure>
  ended(job: { readonly jobId: JobId }): Promise<Job>
  /** The outcome of a job that must succeed. */
  outcome<Kind extends JobOutcome['kind']>(kind: Kind, job: { readonly jobId: JobId }): Promise<OutcomeOf<Kind>>
  jobOf(jobId: JobId): Promise<Job>
  /** Settles with the first event that the test wants. */
  heard(wanted: (event: ApplicationEvent) => boolean): Promise<ApplicationEvent>
  /** Settles when the job has got on with its work, not merely begun. */
  underWay(job: { readonly jobId: JobId }): Promise<void>
  importPath(projectId: ProjectId, path: string): Promise<Source>
  close(): Promise<void>
}

export async function openStudio(homeFolder: string, farm: FarmAddress | null = null): Promise<Studio> {
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: homeFolder })
  const opened = await openWithWorkers(paths, farm)
  const { application } = opened
  const studio: Studio = {
    ...opened,
    paths,
    ask: (name, request) => ask(application, name, request),
    async refusal(name, request) {
      const answer = await application.call(name, request)
      if (answer.ok) throw new Error(`${name} was not refused: ${JSON.stringify(answer.value)}`)
      return answer.failure
    },
    ended: ({ jobId }) => application.jobEnded(jobId),
    async outcome(kind, { jobId }) {
      const job = await application.jobEnded(jobId)
      if (job.outcome?.kind !== kind) throw new Error(`the job did not end well: ${JSON.stringify(job)}`)
      return job.outcome as OutcomeOf<typeof kind> // the kind was just compared
    },
    async jobOf(jobId) {
      const job = (await studio.ask('jobs:list', {})).find(({ id }) => id === jobId)
      if (!job) throw new Error(`no job ${jobId}`)
      return job
    },
    heard: (wanted) =>
      new Promise((settle) => {
        const stop = application.onEvent((event) => {
          if (!wanted(event)) return
          stop()
          settle(event)
        })
      }),
    underWay: async ({ jobId }) =>
      void (await studio.heard(
        (event) => event.kind === 'job-changed' && event.job.id === jobId && event.job.fraction > 0,
      )),
    async importPath(projectId, path) {
      const files = [{ kind: 'path' as const, path }]
      const job = await studio.ask('project:import', { projectId, files, acceptsTruncated: false })
      const [file] = (await studio.outcome('import', job)).files
      if (!file.isImported) throw new Error(`the file did not come in: ${JSON.stringify(file)}`)
      return file.source
    },
    close: () => application.close(),
  }
  return studio
}

/** Everything of a source, for a singer or a domain, in one region. */
export const wholeSource = (
  { projectId }: Pick<OpenProject, 'projectId'>,
  source: Source,
  singer: Pick<Performer, 'id'>,
  given: Partial<Request<'project:convert'>> = {},
): Request<'project:convert'> => ({
  projectId,
  regionId: 'whole' as RegionId, // any letters will do for an id
  regionName: 'Whole',
  sourceId: source.id,
  sourceStartSamples: 0,
  durationSamples: source.durationSamples,
  performance: defaultPerformance(singer.id),
  ...given,
})

export const unknownSinger = { id: 'nobody' as SingerId } // any letters will do for an id
