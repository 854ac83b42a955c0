import type { Pace } from '../../../shared/contract/compute.ts'

/** No break is longer than this, so that a change of pace is felt at once. */
const LONGEST_BREAK_MS = 2000

export interface PauseOptions {
  /** Somebody wants the task to end: no rest any more. */
  readonly isCalledOff: () => boolean
  /** Told once per rest, with its reason in words. */
  readonly onRest: (reason: string) => void
}

/** Keeps a long task to the pace it was asked for, between its steps. */
export interface Pacer {
  set(pace: Pace, reason: string): void
  /** Something was asked of the task: whoever rests looks up. */
  wake(): void
  /** To be awaited between two steps. */
  pause(options: PauseOptions): Promise<void>
}

export function createPacer(nowMs: () => number): Pacer {
  let pace: Pace = 'full'
  let reason = ''
  let stepStartMs = nowMs()
  let sleepers: (() => void)[] = []

  const wake = () => {
    for (const sleeper of sleepers.splice(0)) sleeper()
  }
  const sleep = (longestMs: number | null) =>
    new Promise<void>((resolve) => {
      const timer = longestMs === null ? null : setTimeout(resolve, longestMs)
      sleepers = [...sleepers, () => (timer !== null && clearTimeout(timer), resolve())]
    })
  return {
    set(wanted, why) {
      pace = wanted
      reason = why
      wake()
    },
    wake,
    async pause({ isCalledOff, onRest }) {
      if (pace === 'half') await sleep(Math.min(nowMs() - stepStartMs, LONGEST_BREAK_MS))
      let told = ''
      while (pace === 'rest' && !isCalledOff()) {
        if (told !== reason) onRest(reason)
        told = reason
        await sleep(null)
      }
      stepStartMs = nowMs()
    },
  }
}
