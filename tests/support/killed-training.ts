import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createWorkerFork, type WorkerEnvironment } from '../../src/main/compute/workers/fork-worker.ts'
import type { EngineChoice } from '../../src/main/compute/workers/worker-process.ts'
import { checkpointShelf } from '../../src/main/compute/training/checkpoint-shelf.ts'
import type { Random } from '../../src/shared/base/random.ts'
import type { TrainRequest } from '../../src/shared/contract/compute.ts'

const workerPath = fileURLToPath(new URL('../../src/main/compute/worker.ts', import.meta.url))
const deathModule = pathToFileURL(fileURLToPath(new URL('./die-while-writing.mjs', import.meta.url))).href

/** When a worker dies: after so many reports of progress and then some time, or inside the writing of a file. */
export type Death =
  | { readonly kind: 'while-computing'; readonly reportCount: number; readonly delayMs: number }
  | { readonly kind: 'while-writing'; readonly fileCount: number; readonly moment: 'half' | 'whole' | 'named' }

/** A moment drawn evenly over what one life can see. */
export function drawDeath(random: Random, mostReports: number, mostFiles: number): Death {
  if (random.uniform() < 0.5) {
    const delayMs = Math.floor(20 * random.uniform())
    return { kind: 'while-computing', reportCount: 1 + random.integer(mostReports), delayMs }
  }
  const moments = ['half', 'whole', 'named'] as const
  return { kind: 'while-writing', fileCount: 1 + random.integer(mostFiles), moment: moments[random.integer(3)] }
}

export interface KilledTraining {
  /** How many of the deaths came to pass; a life that was nearer to its end ends well. */
  readonly kills: number
  readonly reports: number
}

/** Has the real worker process learn, killing it as told and starting it again until it ends by itself. */
export async function trainThrough(
  request: TrainRequest,
  deaths: readonly Death[],
  environment: WorkerEnvironment,
  engine?: EngineChoice,
): Promise<KilledTraining> {
  let kills = 0
  let reports = 0
  for (const death of [...deaths, null]) {
    const life = await live(request, death, environment, engine)
    reports += life.reports
    if (life.isDone) return { kills, reports }
    kills++
  }
  throw new Error('the last life has no death')
}

function live(
  request: TrainRequest,
  death: Death | null,
  environment: WorkerEnvironment,
  engine: EngineChoice | undefined,
): Promise<{ readonly isDone: boolean; readonly reports: number }> {
  const isWriting = death?.kind === 'while-writing'
  const before = { NODE_OPTIONS: process.env['NODE_OPTIONS'], UNDERSTUDY_TEST_DEATH: undefined }
  if (isWriting) {
    process.env['UNDERSTUDY_TEST_DEATH'] = `${death.fileCount} ${death.moment}`
    process.env['NODE_OPTIONS'] = `${before.NODE_OPTIONS ?? ''} --import ${deathModule}`.trim()
  }
  const worker = createWorkerFork(environment)(workerPath, 'training', engine)
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  return new Promise((resolve, reject) => {
    let reports = 0
    let isExpected = isWriting
    worker.onMessage((message) => {
      if (message.kind === 'ready') worker.send({ kind: 'run', taskId: 'training', task: { kind: 'train', request } })
      if (message.kind === 'failed') reject(new Error(JSON.stringify(message.failure)))
      if (message.kind === 'done') {
        isExpected = true
        resolve({ isDone: true, reports })
        worker.kill()
      }
      if (message.kind !== 'progress' || ++reports !== reportsUntil(death)) return
      isExpected = true
      setTimeout(() => worker.kill(), death?.kind === 'while-computing' ? death.delayMs : 0)
    })
    worker.onExit((lastWords) => {
      if (isExpected) resolve({ isDone: false, reports })
      else reject(new Error(`the worker ended by itself: ${lastWords}`))
    })
  })
}

const reportsUntil = (death: Death | null): number => (death?.kind === 'while-computing' ? death.reportCount : Infinity)

/** Everything that a training leaves of its own singer, by name: its own state, the checkpoints, what can be heard, and the singer. */
export function traces(request: TrainRequest): ReadonlyMap<string, Buffer> {
  const { workFolder, singerPath } = request
  const shelf = checkpointShelf(workFolder, 'singer')
  const paths = [
    ['singer', singerPath],
    ...readdirSync(workFolder)
      .filter((name) => name.endsWith('.safetensors') && !name.startsWith('.'))
      .map((name) => [basename(name, '.safetensors'), join(workFolder, name)]),
    ['curve', join(workFolder, 'curve.json')],
    ...shelf.steps().map((step) => [`checkpoint ${step}`, shelf.pathOf(step)]),
    ...readdirSync(join(workFolder, 'auditions'))
      .filter((name) => name.endsWith('.wav') && !name.startsWith('.'))
      .map((name) => [`audition ${name}`, join(workFolder, 'auditions', name)]),
  ]
  return new Map(paths.map(([name, path]) => [name, readFileSync(path)]))
}

/** Names of what differs in bytes, or is there on one side alone. */
export function differences(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): string[] {
  const names = new Set([...one.keys(), ...other.keys()])
  return [...names].filter((name) => {
    const [a, b] = [one.get(name), other.get(name)]
    return a === undefined || b === undefined || !a.equals(b)
  })
}
