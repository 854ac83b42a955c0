import type { EngineState } from '../../shared/contract/engines.ts'
import type { FarmState, FarmWorker } from '../../shared/contract/farm-state.ts'
import { say } from '../messages/say.svelte.ts'

/** "2 of 3 machines work", in one line. */
export function describeMachines({ trouble, workers }: FarmState): string {
  if (trouble !== null) return say.farm.notReached
  const able = workers.filter((worker) => worker.isOfThisVersion)
  if (workers.length === 0) return say.farm.noMachine
  if (able.length === 0) return say.farm.noneOfThisVersion
  const busyCount = able.filter((worker) => actsOf(worker).length > 0).length
  return busyCount === 0 ? say.farm.allWait(able.length) : say.farm.someWork(busyCount, workers.length)
}

/** One of the things that a machine does now: it may convert and train side by side. */
export interface FarmAct {
  readonly kind: 'converts' | 'trains'
  /** 0…1. */
  readonly fraction: number
}

export function actsOf({ fraction, trainingFraction }: FarmWorker): readonly FarmAct[] {
  return [
    ...(fraction === null ? [] : [{ kind: 'converts', fraction } as const]),
    ...(trainingFraction === null ? [] : [{ kind: 'trains', fraction: trainingFraction } as const]),
  ]
}

/** "converts, 41 %". */
export const describeAct = ({ kind, fraction }: FarmAct): string => say.farm.acts[kind](Math.floor(fraction * 100))

/** "WebAssembly; 8 threads; version 0.1.0". */
export function describeMeans(worker: FarmWorker, engines: readonly EngineState[]): string {
  const { engine, threadCount, version } = worker
  const known = engines.find(({ id }) => id === engine)
  return [
    // An engine that this program does not know goes by what its machine calls it.
    ...(engine === null ? [] : [known ? say.told.engine(known.label, known.id) : engine]),
    say.farm.threads(threadCount),
    say.farm.version(version),
  ].join('; ')
}

/** "3.1× real time; 34 done, 1 failed". */
export const describeTally = ({ realTimeFactor, doneCount, failedCount }: FarmWorker): string =>
  [
    ...(realTimeFactor === null ? [] : [say.farm.speed(realTimeFactor.toFixed(1))]),
    say.farm.countsOf(doneCount, failedCount),
  ].join('; ')

/**
 * The command, in the pieces that belong together, that lets another machine work for this queue; without the password
 * that it may need.
 */
export const workerCommand = ({ queuePlace, storePlace }: FarmState): readonly string[] => [
  'understudy worker',
  `--queue ${quoted(queuePlace)}`,
  `--store ${quoted(storePlace)}`,
]

/** In quotation marks where a shell would take it apart. */
const quoted = (word: string): string => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`)

/** The address by which this machine alone finds the queue: others would look for it in themselves; null where none is such. */
export function ownAddress({ queuePlace }: FarmState): string | null {
  const host = URL.canParse(queuePlace) ? new URL(queuePlace).hostname : ''
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host) ? host : null
}
