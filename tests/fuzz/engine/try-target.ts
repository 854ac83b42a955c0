import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'
import type { ChildMessage, ChildOrder } from './child-order.ts'
import type { FuzzTarget } from './target.ts'

/** What came of a target's trial. */
export interface TargetOutcome {
  readonly target: FuzzTarget
  readonly inputCount: number
  readonly wallSec: number
  readonly failureCount: number
  /** Each kind once, with the file of its first input where one was kept. */
  readonly failures: readonly { readonly why: string; readonly path: string | null }[]
  readonly slowestMs: number
  readonly blockCount: number | null
  readonly keptCount: number
}

export type TrialOrder = Pick<ChildOrder, 'seed' | 'count' | 'isGuided' | 'isCovered' | 'endsAtMs' | 'replayed'>

const CANARY = 'Nobody writes here.'

/**
 * Tries a target in a process of its own, and keeps the inputs that broke its promise in `failuresFolder`. V8's counters of
 * code slow some code down fivefold: what takes too long under them is tried again alone, without them, and counts as a
 * failure if it takes too long then.
 */
export async function tryTarget(target: FuzzTarget, order: TrialOrder, failuresFolder: string): Promise<TargetOutcome> {
  const cage = makeTemporaryFolder()
  const folder = join(cage, 'inside')
  mkdirSync(folder)
  writeFileSync(join(cage, 'canary'), CANARY)
  const startMs = performance.now()
  let [inputCount, slowestMs, failureCount, keptCount]: number[] = [0, 0, 0, 0]
  let blockCount: number | null = null
  const failures: { why: string; path: string | null }[] = []
  const slow: { why: string; path: string }[] = []
  const pathOf = (input: string): string => keep(failuresFolder, target.name, Buffer.from(input, 'base64'))
  const childOrder: ChildOrder = { ...order, targetName: target.name, folder }
  const exit = await runChild(childOrder, target.writes === true, (message) => {
    if (message.kind === 'slow') return void slow.push({ why: message.why, path: pathOf(message.input) })
    if (message.kind === 'failure') {
      failureCount++
      if (message.input !== null) failures.push({ why: message.why, path: pathOf(message.input) })
      return
    }
    inputCount += message.inputCount
    slowestMs = Math.max(slowestMs, message.slowestMs)
    blockCount = message.blockCount ?? blockCount
    keptCount += message.keptCount
  })
  if (exit !== 0) {
    failureCount++
    failures.push({ why: `its process ended with ${exit}`, path: null })
  }
  const strangers = readdirSync(cage).filter((name) => name !== 'inside' && name !== 'canary')
  if (strangers.length > 0 || readFileSync(join(cage, 'canary'), 'utf8') !== CANARY) {
    failureCount++
    failures.push({ why: `wrote outside its folder: ${strangers.join(', ')}`, path: null })
  }
  removeFolder(cage)
  const stayed = order.isCovered ? await stillSlow(target, slow, order, failuresFolder) : slow
  failureCount += stayed.length
  failures.push(...stayed)
  const wallSec = (performance.now() - startMs) / 1000
  return { target, inputCount, wallSec, failureCount, failures, slowestMs, blockCount, keptCount }
}

/** Those that break the promise without the counters, too; the others' files are removed. */
async function stillSlow(
  target: FuzzTarget,
  slow: readonly { readonly why: string; readonly path: string }[],
  order: TrialOrder,
  failuresFolder: string,
): Promise<{ why: string; path: string }[]> {
  const stayed: { why: string; path: string }[] = []
  for (const { path } of slow) {
    const alone = { ...order, count: 1, isGuided: false, isCovered: false, endsAtMs: null, replayed: path }
    const { failures } = await tryTarget(target, alone, failuresFolder)
    if (failures.length > 0) stayed.push({ why: failures.map(({ why }) => why).join('\n'), path })
    else rmSync(path)
  }
  return stayed
}

function runChild(
  order: ChildOrder,
  isCaged: boolean,
  onMessage: (message: ChildMessage) => void,
): Promise<number | string> {
  const cage = [
    '--permission',
    '--allow-fs-read=*',
    `--allow-fs-write=${order.folder}`,
    '--allow-worker',
    '--allow-wasi',
    '--allow-inspector',
  ]
  const child = spawn(process.execPath, [...(isCaged ? cage : []), '--no-warnings', childPath, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.on('message', onMessage)
  return new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? String(signal))))
}

const childPath = fileURLToPath(new URL('fuzz-child.ts', import.meta.url))

function keep(folder: string, targetName: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true })
  const digest = createHash('sha256').update(input).digest('hex').slice(0, 12)
  const path = join(folder, `${targetName}.${digest}`)
  writeFileSync(path, input)
  return path
}
