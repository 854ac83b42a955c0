import { failure, FailureError } from '../../shared/base/errors.ts'
import { examineSystem } from '../diagnosis/examine-system.ts'
import { fine, trouble, type Finding } from '../diagnosis/finding.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { request } from './request.ts'
import { table } from './terminal.ts'

/** `understudy doctor --system`: is everything here that the program needs? Ends with 1 where something is not. */
export async function examineMachine(isJson: boolean, context: CommandContext): Promise<void> {
  const still = examineSystem(context.installation, context.paths)
  const findings = [...still, await backendFinding(still, context)]
  const troubled = findings.filter(({ isFine }) => !isFine)
  if (isJson) context.terminal.write(`${JSON.stringify({ isFine: troubled.length === 0, findings })}\n`)
  else context.terminal.write(words(findings))
  if (troubled.length === 0) return
  const count = troubled.length === 1 ? 'One check of' : `${troubled.length} checks of`
  throw new FailureError(
    failure(
      'engine-unavailable',
      `${count} ${findings.length} found trouble: ${troubled.map(({ subject }) => subject).join(', ')}.`,
      'Each line above says what to do.',
    ),
  )
}

/** An engine is judged by its work, which needs a library to keep the figures in. */
async function backendFinding(still: readonly Finding[], context: CommandContext): Promise<Finding> {
  const inTheWay = still.filter(
    ({ subject, isFine }) => !isFine && (subject === 'library' || subject === 'permissions' || subject === 'versions'),
  )
  if (inTheWay.length > 0) {
    const subjects = inTheWay.map(({ subject }) => subject).join(' and ')
    return trouble('backend', 'not tried', `Mend ${subjects} first.`)
  }
  try {
    return await context.withApplication(async (application) => {
      const { jobId } = await request(application, 'engine:measure', {})
      await followJob(application, jobId, 'engine-check', context)
      const { engines, realTimeFactor, threadCount } = await request(application, 'engine:describe', {})
      const used = engines.filter(({ use }) => use.length > 0)
      if (used.length === 0)
        return trouble('backend', 'no compute engine works here', 'Run “understudy backend” for the reasons.')
      const names = used.map(({ label, version }) => [label, version].filter(Boolean).join(' ')).join(', ')
      const speed = realTimeFactor === null ? '' : `, ${realTimeFactor.toFixed(1)} s of audio converted per second`
      return fine('backend', `${names}, ${threadCount} threads${speed}`)
    })
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    const { message, remedy } = cause.failure
    return trouble('backend', message.replace(/\.$/, ''), remedy ?? 'Run “understudy backend” for the reasons.')
  }
}

const words = (findings: readonly Finding[]): string =>
  table(
    findings.flatMap(({ subject, isFine, found, remedy }) => [
      [isFine ? 'ok' : 'trouble', subject, found],
      ...(remedy === null ? [] : [['', '', remedy]]),
    ]),
  )
