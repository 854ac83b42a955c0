import type { EngineState, NativeVariant } from '../../shared/contract/engines.ts'
import { formatBytes } from '../ui/numbers.ts'
import { formatTaking } from '../ui/times.ts'

const stateWords: Readonly<Record<EngineState['state'], string>> = {
  'in-use': 'in use',
  ready: 'ready',
  untested: 'not tried yet',
  refused: 'set aside',
  'not-installed': 'not installed',
}

/** "in use: fastest with the right numbers", and once where both would say the same. */
export function describeState({ state, reason }: EngineState): string {
  const words = stateWords[state]
  if (reason === '' || reason === words) return words
  return state === 'not-installed' ? reason : `${words}: ${reason}`
}

/** What it works on and with, and how long a training would take: "training; AMD EPYC; takes 240 MB of memory; …". */
export function describeFacts(state: EngineState): string {
  const { use, device, memoryBytes, residentBytes, version, trainingSec } = state
  return [
    ...(use.length === 0 ? [] : [use.join(' and ')]),
    ...(device === null ? [] : [memoryBytes === null ? device : `${device} with ${formatBytes(memoryBytes)}`]),
    ...(residentBytes === null ? [] : [`takes ${formatBytes(residentBytes)} of memory`]),
    ...(version === null ? [] : [`version ${version}`]),
    ...(trainingSec === null
      ? []
      : [
          `training ${formatTaking(trainingSec.quick)} quick, ${formatTaking(trainingSec.normal)} normal, ${formatTaking(trainingSec.long)} long`,
        ]),
  ].join('; ')
}

/** "88 GFLOP/s", "–" before it was measured. */
export const describeSpeed = ({ gflopPerSec }: EngineState): string =>
  gflopPerSec === null ? '–' : gflopPerSec.toFixed(gflopPerSec < 10 ? 1 : 0)

/** What the button does: "Install, 231 MB", or "Go on, 111 MB left" after an interruption. */
export function describeInstall({ downloadBytes, receivedBytes }: NativeVariant): string {
  if (receivedBytes === 0) return `Install, ${formatBytes(downloadBytes)}`
  if (receivedBytes >= downloadBytes) return 'Go on, all is there'
  return `Go on, ${formatBytes(downloadBytes - receivedBytes)} left`
}

/** What a person should know before: place, terms, and what is not known. */
export function describeTerms({ diskBytes, licence, caveat }: NativeVariant): string {
  const needs = `Takes ${formatBytes(diskBytes)} of disk at most. ${licence}.`
  return caveat === null ? needs : `${needs} ${caveat[0].toUpperCase()}${caveat.slice(1)}.`
}
