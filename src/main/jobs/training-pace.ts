import type { Pace } from '../../shared/contract/compute.ts'
import { RESTING } from '../compute/workers/resting.ts'
import type { PowerState } from '../../shared/contract/power.ts'

/** Below this charge the battery is left to what the person does themselves. */
const LEAST_CHARGE = 0.3

/** How hard a training may work in this state, and why not harder, in the words of its job. */
export function trainingPace({ isOnBattery, chargeFraction, heat, isSuspending }: PowerState): {
  readonly pace: Pace
  readonly reason: string
} {
  // Between two steps: a graphics device that sleeps in the middle of one may be lost.
  if (isSuspending) return { pace: 'rest', reason: `${RESTING}: the machine goes to sleep` }
  if (heat === 'critical') return { pace: 'rest', reason: `${RESTING}: the machine is too hot` }
  if (isOnBattery && chargeFraction !== null && chargeFraction < LEAST_CHARGE) {
    const percent = Math.round(100 * chargeFraction)
    return {
      pace: 'rest',
      reason: `${RESTING}: the battery is at ${percent} %; goes on when the machine is plugged in`,
    }
  }
  if (heat === 'serious') return { pace: 'half', reason: 'slower: the machine is hot' }
  // Where the charge is not told, half the work is the middle between a dead battery and a training that waits for nothing.
  if (isOnBattery && chargeFraction === null) return { pace: 'half', reason: 'slower: on battery' }
  return { pace: 'full', reason: '' }
}
