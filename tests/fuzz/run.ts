import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../../src/main/commands/terminal.ts'
import { tryTarget, type TargetOutcome, type TrialOrder } from './engine/try-target.ts'
import type { FuzzTarget } from './engine/target.ts'
import { targetNamed, targets } from './targets/registry.ts'

/**
 * `npm run test:fuzz`: every reader of the program gets hostile input until `--count N` inputs in all were tried
 * (100,000), each target in a process of its own that is watched for time, memory and files. `--seed S` draws others,
 * `--only NAME` tries one target or those whose names begin so, `--minutes M` ends earlier, `--jobs J` at once,
 * `--guided` changes inputs that reached new code further, `--compare` tries both ways and prints what each reached,
 * `--replay FILE` runs an input that was kept. Ends with 1 where a promise was broken.
 */
const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    minutes: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    guided: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    replay: { type: 'string' },
  },
})
const say = (text: string): void => void process.stdout.write(text)
const failuresFolder = resolve(import.meta.dirname, '../../out/fuzz')
const seed = Number(options.seed)

/** Those of small shares still get enough to say something. */
const LEAST_INPUTS = 2000

const jobs = Number(options.jobs)
const runEndsAtMs = options.minutes === undefined ? null : Date.now() + 60_000 * Number(options.minutes)
const plain: Omit<TrialOrder, 'count' | 'endsAtMs'> = { seed, isGuided: false, isCovered: true, replayed: null }

/** An equal part of the time that is left, for each of the targets that still wait. */
const endOfTurn = (waitingCount: number): number | null =>
  runEndsAtMs === null ? null : Date.now() + ((runEndsAtMs - Date.now()) * jobs) / Math.max(jobs, waitingCount)

process.exitCode = options.replay === undefined ? await tryAll() : await replay(options.replay)

async function tryAll(): Promise<number> {
  const named = targets.filter(({ name }) => name === options.only)
  const chosen = named.length > 0 ? named : targets.filter(({ name }) => name.startsWith(options.only))
  if (chosen.length === 0) throw new Error(`no target's name begins with “${options.only}”`)
  const whole = chosen.reduce((sum, { share }) => sum + share, 0)
  const countOf = ({ share }: FuzzTarget) =>
    Math.max(Math.min(LEAST_INPUTS, Number(options.count)), Math.round((Number(options.count) * share) / whole))
  const outcomes = options.compare
    ? await each(chosen, (target, endsAtMs) => compare(target, { ...plain, endsAtMs, count: countOf(target) }))
    : await each(chosen, (target, endsAtMs) =>
        tryTarget(target, { ...plain, endsAtMs, isGuided: options.guided, count: countOf(target) }, failuresFolder),
      )
  const total = outcomes.reduce((sum, { inputCount }) => sum + inputCount, 0)
  const failed = outcomes.reduce((sum, { failureCount }) => sum + failureCount, 0)
  say(`\n${tableOf(outcomes)}\n${total} inputs, ${failed} failures\n`)
  for (const { target, failures } of outcomes)
    for (const { why, path } of failures) say(`\n${target.name}: ${why}\n  ${path ?? 'no input was kept'}\n`)
  return failed > 0 ? 1 : 0
}

/** As many at once as there are cores, those with the most work first. */
async function each(
  chosen: readonly FuzzTarget[],
  action: (target: FuzzTarget, endsAtMs: number | null) => Promise<TargetOutcome>,
): Promise<readonly TargetOutcome[]> {
  const waiting = [...chosen]
  const outcomes = new Map<FuzzTarget, TargetOutcome>()
  const work = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const outcome = await action(target, endOfTurn(waiting.length + 1))
      outcomes.set(target, outcome)
      say(`${target.name}: ${outcome.inputCount} inputs, ${outcome.failureCount} failures\n`)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return chosen.flatMap((target) => outcomes.get(target) ?? [])
}

/** The same count of inputs with and without guidance; the guided outcome is the target's. */
async function compare(target: FuzzTarget, order: TrialOrder): Promise<TargetOutcome> {
  const without = await tryTarget(target, order, failuresFolder)
  const guided = await tryTarget(target, { ...order, isGuided: true }, failuresFolder)
  say(`${target.name}: ${without.blockCount} blocks without guidance, ${guided.blockCount} with it\n`)
  return guided
}

async function replay(path: string): Promise<number> {
  if (!existsSync(path)) throw new Error(`there is no file ${path}`)
  const target = targetNamed(basename(path).split('.')[0])
  const order = {
    ...plain,
    endsAtMs: null,
    count: 1,
    isGuided: false,
    isCovered: false,
    replayed: resolve(path),
  }
  const { failures, slowestMs } = await tryTarget(target, order, join(failuresFolder, 'replayed'))
  say(`${target.name} ${target.promise}\n`)
  say(
    failures.length === 0
      ? `It did, in ${slowestMs.toFixed(1)} ms.\n`
      : `${failures.map(({ why }) => why).join('\n')}\n`,
  )
  return failures.length > 0 ? 1 : 0
}

function tableOf(outcomes: readonly TargetOutcome[]): string {
  const heads = ['target', 'inputs', 'per second', 'failures', 'slowest ms', 'blocks', 'kept']
  const rows = outcomes.map(({ target, inputCount, wallSec, failureCount, slowestMs, blockCount, keptCount }) => [
    target.name,
    String(inputCount),
    String(Math.round(inputCount / wallSec)),
    String(failureCount),
    slowestMs.toFixed(1),
    blockCount === null ? '–' : String(blockCount),
    String(keptCount),
  ])
  return table([heads, ...rows])
}
