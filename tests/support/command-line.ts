import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

export interface CommandEnd {
  readonly code: number | null
  readonly output: string
  /** Progress and complaints. */
  readonly aside: string
}

export interface RunningCommand {
  readonly process: ChildProcess
  readonly ended: Promise<CommandEnd>
  /** Settles once the command has written something that matches, on either side. */
  wrote(pattern: RegExp): Promise<void>
}

const entry = resolve(import.meta.dirname, '../../src/main/cli.ts')

/** Starts `understudy <words>` as a process of its own, on a library of the test's. */
export function startCommand(words: readonly string[], homeFolder: string): RunningCommand {
  const child = spawn(process.execPath, [entry, ...words], {
    env: { ...process.env, UNDERSTUDY_HOME: homeFolder, UNDERSTUDY_BACKEND: 'wasm' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let aside = ''
  const watchers = new Set<() => void>()
  const hear = (take: (text: string) => void) => (text: string) => {
    take(text)
    for (const watcher of watchers) watcher()
  }
  child.stdout.setEncoding('utf8').on(
    'data',
    hear((text) => (output += text)),
  )
  child.stderr.setEncoding('utf8').on(
    'data',
    hear((text) => (aside += text)),
  )
  const ended = new Promise<CommandEnd>((settle) => child.on('close', (code) => settle({ code, output, aside })))
  return {
    process: child,
    ended,
    wrote: (pattern) =>
      new Promise((settle, reject) => {
        const look = () => {
          if (pattern.test(output) || pattern.test(aside)) settle()
        }
        watchers.add(look)
        look()
        void ended.then(() => reject(new Error(`the command ended before it wrote ${pattern}: ${output}${aside}`)))
      }),
  }
}

export const runCommand = (words: readonly string[], homeFolder: string): Promise<CommandEnd> =>
  startCommand(words, homeFolder).ended
