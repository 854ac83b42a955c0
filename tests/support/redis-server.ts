import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { delimiter, join } from 'node:path'

/** Where a Redis or a Valkey of this machine lies; null where it has none. */
export function redisBinary(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin', '/opt/homebrew/bin')
  const paths = folders.flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => join(folder, name)))
  return paths.find((path) => existsSync(path)) ?? null
}

/** A real server that keeps nothing on any disk. */
export interface RedisServer {
  readonly url: string
  /** At once, with everything that it knew. */
  kill(): Promise<void>
  /** The same address again, knowing nothing. */
  start(): Promise<void>
}

const START_BOUND_MS = 20_000

export async function startRedis(binary: string): Promise<RedisServer> {
  const port = await freePort()
  let child: ChildProcess | null = null
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      const ending = child
      child = null
      if (ending === null) return
      const gone = new Promise((settle) => ending.once('close', settle))
      ending.kill('SIGKILL')
      await gone
    },
    async start() {
      const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      const own = spawn(binary, words, { stdio: 'ignore' })
      child = own
      // However this process ends, no server of its own stays.
      const endWithThis = () => own.kill('SIGKILL')
      process.on('exit', endWithThis)
      own.once('close', () => process.off('exit', endWithThis))
      await answering(port)
    },
  }
  await server.start()
  return server
}

function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => settle(port))
    })
  })
}

async function answering(port: number): Promise<void> {
  const endsAtMs = Date.now() + START_BOUND_MS
  while (Date.now() < endsAtMs) {
    if (await answers(port)) return
    await new Promise((resume) => setTimeout(resume, 50))
  }
  throw new Error(`the server at port ${port} does not answer`)
}

const answers = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (isAnswer: boolean) => {
      socket.destroy()
      settle(isAnswer)
    }
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')))
    socket.once('error', () => end(false))
  })
