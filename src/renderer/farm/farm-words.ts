import type { EngineState } from '../../shared/contract/engines.ts'
import type { FarmState, FarmWorker } from '../../shared/contract/farm-state.ts'
import { say } from '../messages/say.svelte.ts'

/** "2 of 3 machines work", in one line. */
export function describeMachines({ trouble, workers }: FarmState): string {
  if (trouble !== null) return say.farm.notReached
  const able = workers.filter((worker) => worker.isOfThisVersion)
  if (workers.length === 0) return say.farm.noMachine
  if (able.length === 0) return say.farm.noneOfThisVersion
  const busyCount = able.filter(({ fraction }) => fraction !== null).length
  return busyCount === 0 ? say.farm.allWait(able.length) : say.farm.someWork(busyCount, able.length)
}

/** "works, 41 %". */
export const describeAct = ({ fraction }: FarmWorker): string =>
  fraction === null ? say.farm.waits : say.farm.works(Math.floor(fraction * 100))

/** "WebAssembly; 8 threads; 3.1× real time". */
export function describeMeans(worker: FarmWorker, engines: readonly EngineState[]): string {
  const { engine, threadCount, realTimeFactor } = worker
  const known = engines.find(({ id }) => id === engine)
  return [
    // An engine that this program does not know goes by what its machine calls it.
    ...(engine === null ? [] : [known ? say.told.engine(known.label, known.id) : engine]),
    say.farm.threads(threadCount),
    ...(realTimeFactor === null ? [] : [say.farm.speed(realTimeFactor.toFixed(1))]),
  ].join('; ')
}

/** "34 done, 1 failed; version 0.1.0". */
export const describeTally = ({ version, doneCount, failedCount }: FarmWorker): string =>
  [say.farm.countsOf(doneCount, failedCount), say.farm.version(version)].join('; ')

/** What lets another machine work for this queue; without the password that it may need. */
export const workerCommand = ({ queuePlace, storePlace }: FarmState): string =>
  `understudy worker --queue ${quoted(queuePlace)} --store ${quoted(storePlace)}`

/** In quotation marks where a shell would take it apart. */
const quoted = (word: string): string => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`)

/** Whether other machines would look for the queue in themselves. */
export const isOfThisMachineAlone = ({ queuePlace }: FarmState): boolean =>
  URL.canParse(queuePlace) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(queuePlace).hostname)
