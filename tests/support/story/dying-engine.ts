import type { ApplicationEvent } from '../../../src/shared/contract/verbs.ts'
import type { TestHost } from '../headless.ts'

type Host = Pick<TestHost, 'application' | 'killWorker'>

/** Settles when a conversion has got on with its work, not merely begun. */
export const isConverting = ({ application }: Host): Promise<void> => heard(application, isWorked)

/** Kills the engine that converts; settles when the next one has taken up its work. */
export async function killConverter({ application, killWorker }: Host): Promise<void> {
  const isBegunAnew = heard(application, isAnew)
  killWorker('interactive')
  await isBegunAnew
  await heard(application, isWorked)
}

const isAnew = (event: ApplicationEvent): boolean =>
  event.kind === 'job-changed' && event.job.phase.startsWith('starting again')
const isWorked = (event: ApplicationEvent): boolean =>
  event.kind === 'job-changed' &&
  event.job.kind === 'convert' &&
  event.job.state === 'running' &&
  event.job.fraction > 0 &&
  !isAnew(event)

const heard = (application: Host['application'], isIt: (event: ApplicationEvent) => boolean): Promise<void> =>
  new Promise((settle) => {
    const stop = application.onEvent((event) => {
      if (!isIt(event)) return
      stop()
      settle()
    })
  })
