import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { TOKEN_FRAGMENT } from '../../src/shared/contract/transport.ts'
import { openPageLine, type PageLine } from './page-line.ts'
import { processTree } from './process-tree.ts'

const entry = resolve(import.meta.dirname, '../../src/main/serve.ts')

export interface HostOptions {
  readonly homeFolder: string
  /** Added to this process's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Whom it runs as; missing, whoever runs this. */
  readonly person?: { readonly uid: number; readonly gid: number }
  /** What it says on its standard error is kept here. */
  readonly logPath: string
}

/** The headless host in a process of its own, asked over its own socket. */
export interface HostProcess {
  readonly pid: number
  readonly port: number
  readonly token: string
  readonly line: PageLine
  /** Of its compute workers, by what they are for. */
  workers(): readonly { readonly pid: number; readonly role: string }[]
  /** A sound as the page gets it: its bytes, or the status that it was refused with. */
  media(mediaId: string): Promise<{ readonly status: number; readonly byteCount: number }>
  signal(name: NodeJS.Signals): void
  /** At once, without a word; settles when it is gone. */
  kill(): Promise<void>
  /** As a person ends it; settles when it is gone. */
  close(): Promise<void>
}

/** Far beyond what a start takes on a busy machine. */
const START_BOUND_MS = 60_000

/** Throws with what it said where it does not get to listening. */
export async function startHost(options: HostOptions): Promise<HostProcess> {
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment, UNDERSTUDY_HOME: options.homeFolder },
    ...options.person,
  })
  const gone = new Promise<void>((settle) => child.once('close', () => settle()))
  // However this process ends, no host of its own stays.
  const endWithThis = () => child.kill('SIGKILL')
  process.on('exit', endWithThis)
  child.once('close', () => process.off('exit', endWithThis))
  const { port, token } = await addressOf(child, options.logPath).catch((cause: unknown) => {
    child.kill('SIGKILL')
    throw cause
  })
  const pid = child.pid ?? 0
  const line = await openPageLine(port, token)
  return {
    pid,
    port,
    token,
    line,
    workers: () =>
      processTree(pid).flatMap(({ pid: own, command }) => {
        const role = /compute[/\\]worker\.ts (\S+)/.exec(command)?.[1]
        return role === undefined || own === pid ? [] : [{ pid: own, role }]
      }),
    async media(mediaId) {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(`http://127.0.0.1:${port}/media/${mediaId}`, { headers })
      return { status: answer.status, byteCount: (await answer.arrayBuffer()).byteLength }
    },
    signal: (name) => void child.kill(name),
    kill: () => {
      child.kill('SIGKILL')
      return gone
    },
    close: () => {
      child.kill('SIGTERM')
      return gone
    },
  }
}

/** The first line of the host's output is its address. */
function addressOf(child: ChildProcess, logPath: string): Promise<{ port: number; token: string }> {
  return new Promise((settle, reject) => {
    let said = ''
    const bound = setTimeout(
      () => reject(new Error(`the host neither listened nor ended in ${START_BOUND_MS / 1000} s: ${complaint}`)),
      START_BOUND_MS,
    )
    child.once('close', () => clearTimeout(bound))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = new RegExp(`http://127\\.0\\.0\\.1:(\\d+)/#${TOKEN_FRAGMENT}=(\\S+)`).exec(said)
      if (!found) return
      clearTimeout(bound)
      settle({ port: Number(found[1]), token: found[2] })
    })
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-4000)
      appendFileSync(logPath, text)
    })
    child.on('error', reject)
    child.on('close', (code) => reject(new Error(`the host ended with ${code} before it listened: ${complaint}`)))
  })
}
