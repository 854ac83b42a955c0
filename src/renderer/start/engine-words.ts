import type { EngineState, NativeVariant } from '../../shared/contract/engines.ts'
import { say } from '../messages/say.svelte.ts'
import { usesWords } from '../state/engine-uses.ts'
import { formatBytes } from '../ui/numbers.ts'
import { formatTaking } from '../ui/times.ts'

const stateWords = (): Readonly<Record<EngineState['state'], string>> => ({
  'in-use': say.start.inUse,
  ready: say.start.ready,
  untested: say.start.untested,
  refused: say.start.refused,
  'not-installed': say.start.notInstalled,
})

/** "in use: fastest with the right numbers", and once where both would say the same. */
export function describeState({ state, reason: words, told }: EngineState): string {
  const reason = say.told.said(words, told)
  const stated = stateWords()[state]
  if (reason === '' || reason === stated) return stated
  return state === 'not-installed' ? reason : `${stated}: ${reason}`
}

/** What it works on and with, and how long a training would take: "training; AMD EPYC; takes 240 MB of memory; …". */
export function describeFacts(state: EngineState): string {
  const { use, device, memoryBytes, residentBytes, version, trainingSec } = state
  return [
    ...(use.length === 0 ? [] : [usesWords(use)]),
    ...(device === null
      ? []
      : [memoryBytes === null ? device : say.start.deviceWith(device, formatBytes(memoryBytes))]),
    ...(residentBytes === null ? [] : [say.start.takesMemory(formatBytes(residentBytes))]),
    ...(version === null ? [] : [say.start.version(version)]),
    ...(trainingSec === null
      ? []
      : [
          say.start.training(
            formatTaking(trainingSec.quick),
            formatTaking(trainingSec.normal),
            formatTaking(trainingSec.long),
          ),
        ]),
  ].join('; ')
}

/** "88 GFLOP/s", "–" before it was measured. */
export const describeSpeed = ({ gflopPerSec }: EngineState): string =>
  gflopPerSec === null ? '–' : gflopPerSec.toFixed(gflopPerSec < 10 ? 1 : 0)

/** What the button does: "Install, 231 MB", or "Go on, 111 MB left" after an interruption. */
export function describeInstall({ downloadBytes, receivedBytes }: NativeVariant): string {
  if (receivedBytes === 0) return say.start.install(formatBytes(downloadBytes))
  if (receivedBytes >= downloadBytes) return say.start.goOnAll
  return say.start.goOnLeft(formatBytes(downloadBytes - receivedBytes))
}

/** What a person should know before: place, terms, and what is not known. */
export function describeTerms({ id, diskBytes, licence, caveat: told }: NativeVariant): string {
  const needs = say.start.takesDisk(formatBytes(diskBytes), say.told.licence(licence, id))
  if (told === null) return needs
  const caveat = say.told.caveat(told, id)
  return `${needs} ${caveat[0].toUpperCase()}${caveat.slice(1)}.`
}
