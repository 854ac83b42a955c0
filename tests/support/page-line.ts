import { WebSocket } from 'ws'
import { FailureError, type Failure } from '../../src/shared/base/errors.ts'
import type { JobId } from '../../src/shared/base/id.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import { SOCKET_PATH, type ServerMessage } from '../../src/shared/contract/transport.ts'
import type { ApplicationEvent, Request, Response, VerbName } from '../../src/shared/contract/verbs.ts'

/** The host went away while something was asked of it. */
export class LineLost extends Error {}

/** What a page says and hears over the headless host's socket. */
export interface PageLine {
  /** Rejects with FailureError where the host refuses, with LineLost where it is gone. */
  ask<Name extends VerbName>(name: Name, request: Request<Name>): Promise<Response<Name>>
  /** The job as it ended, paused or is heard to have ended already. Rejects with LineLost. */
  ended(job: { readonly jobId: JobId }): Promise<Job>
  /** Settles at the first event that is wanted. Rejects with LineLost. */
  heard(wanted: (event: ApplicationEvent) => boolean): Promise<ApplicationEvent>
  close(): void
}

const isOver = ({ state }: Job): boolean => state !== 'queued' && state !== 'running'

export async function openPageLine(port: number, token: string): Promise<PageLine> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}`, { origin: `http://127.0.0.1:${port}` })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>()
  const listeners = new Set<{ hear: (event: ApplicationEvent) => void; lose: (cause: Error) => void }>()
  const jobs = new Map<JobId, Job>()
  let callCount = 0
  let isLost = false
  const lose = () => {
    isLost = true
    const cause = new LineLost('the host is gone')
    for (const { reject } of waiting.values()) reject(cause)
    for (const listener of [...listeners]) listener.lose(cause)
    waiting.clear()
    listeners.clear()
  }
  const hear = (event: ApplicationEvent) => {
    if (event.kind === 'job-changed') jobs.set(event.job.id, event.job)
    for (const listener of [...listeners]) listener.hear(event)
  }
  const settle = (callId: number, act: (call: NonNullable<ReturnType<typeof waiting.get>>) => void) => {
    const call = waiting.get(callId)
    waiting.delete(callId)
    if (call) act(call)
  }
  const refusal = (failure: Failure): Error => new FailureError(failure)

  await new Promise<void>((welcome, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ kind: 'hello', token })))
    socket.on('error', (cause) => reject(new LineLost(cause.message)))
    socket.on('close', () => {
      reject(new LineLost('the host closed the line'))
      lose()
    })
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage // the host sends nothing but its own messages
      if (message.kind === 'welcome') welcome()
      if (message.kind === 'answer') settle(message.callId, ({ resolve }) => resolve(message.response))
      if (message.kind === 'refusal') settle(message.callId, (call) => call.reject(refusal(message.failure)))
      if (message.kind === 'event') hear(message.event)
    })
  })

  const line: PageLine = {
    ask: (name, request) =>
      new Promise((resolve, reject) => {
        if (isLost) return reject(new LineLost('the host is gone'))
        const callId = callCount++
        // The contract gives each verb's answer its type.
        waiting.set(callId, { resolve: resolve as (value: unknown) => void, reject })
        socket.send(JSON.stringify({ kind: 'call', callId, name, request }))
      }),
    async ended({ jobId }) {
      const known = jobs.get(jobId)
      if (known !== undefined && isOver(known)) return known
      await line.heard((event) => event.kind === 'job-changed' && event.job.id === jobId && isOver(event.job))
      const job = jobs.get(jobId)
      if (job === undefined) throw new Error(`the job ${jobId} was heard of and is not known`)
      return job
    },
    heard: (wanted) =>
      new Promise((resolve, reject) => {
        if (isLost) return reject(new LineLost('the host is gone'))
        const listener = {
          hear(event: ApplicationEvent) {
            if (!wanted(event)) return
            listeners.delete(listener)
            resolve(event)
          },
          lose: reject,
        }
        listeners.add(listener)
      }),
    close: () => socket.close(),
  }
  return line
}
