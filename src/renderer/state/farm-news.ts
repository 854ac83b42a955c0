import type { FarmFailure, FarmState } from '../../shared/contract/farm-state.ts'
import { say } from '../messages/say.svelte.ts'

/**
 * What happened to the other machines between two looks, in as few sentences as tell it; empty where nothing did that
 * anybody has to hear. How far each one is happens all the time and is no news.
 */
export function farmNews(before: FarmState | null, now: FarmState): string {
  if (now.trouble !== null) return now.trouble.code === before?.trouble?.code ? '' : now.trouble.message
  if (before === null) return ''
  if (before.trouble !== null) return say.farm.reachedAgain
  const [joined, left] = [beside(now, before), beside(before, now)]
  const failedCount = now.failures.filter((one) => before.failures.every((other) => !isSame(one, other))).length
  return [
    joined.length === 0 ? '' : say.farm.joined(joined.length, joined[0]),
    left.length === 0 ? '' : say.farm.left(left.length, left[0]),
    failedCount === 0 ? '' : say.farm.countFailed(failedCount),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

/** The machines of those who are in one and not in the other. */
const beside = ({ workers }: FarmState, other: FarmState): readonly string[] =>
  workers.filter(({ id }) => other.workers.every((one) => one.id !== id)).map(({ machine }) => machine)

/** Of machines whose clocks differ, the later failure need not have the later time. */
const isSame = (one: FarmFailure, other: FarmFailure): boolean =>
  one.failedAtMs === other.failedAtMs && one.machine === other.machine
