import { systemClock, type Clock } from './work.ts'

/** Watches that a training gets on: not whether its worker lives, but whether it takes steps. */
export interface StallWatch {
  /** It got on. While it rests on purpose, nothing is counted until it gets on again. */
  hear(isResting: boolean): void
  stop(): void
}

export interface Stall {
  readonly silentSec: number
  readonly usualSec: number
}

const TICK_MS = 1000
/** So many times the usual step is no slow step any more. */
const MOST_USUAL_STEPS = 30
/** Judging, rendering a phrase and writing take as long as many steps, and nothing is reported meanwhile. */
const LEAST_SILENCE_SEC = 90
/** The usual is what the last steps took; before so many nothing is usual, and the first may compile programs. */
const STEPS_KNOWN = 20
const LEAST_KNOWN = 5

/**
 * Silence is counted in ticks and not by the clock: a machine that slept has one tick for the whole time.
 * @param onStall is called once; the watch is over then
 */
export function createStallWatch(onStall: (stall: Stall) => void, clock: Clock = systemClock): StallWatch {
  const intervalsSec: number[] = []
  let lastMs: number | null = null
  let silentTicks = 0
  let isResting = false
  let takeBack: (() => void) | null = null

  const usualSec = () => intervalsSec.toSorted((a, b) => a - b)[intervalsSec.length >> 1] ?? 0
  const tick = () => {
    takeBack = clock.after(TICK_MS, tick)
    if (isResting || intervalsSec.length < LEAST_KNOWN) return
    silentTicks++
    const silentSec = (silentTicks * TICK_MS) / 1000
    if (silentSec < Math.max(LEAST_SILENCE_SEC, MOST_USUAL_STEPS * usualSec())) return
    takeBack()
    onStall({ silentSec, usualSec: usualSec() })
  }
  takeBack = clock.after(TICK_MS, tick)
  return {
    hear(rests) {
      silentTicks = 0
      const nowMs = clock.nowMs()
      if (lastMs !== null && !isResting && !rests) intervalsSec.push((nowMs - lastMs) / 1000)
      if (intervalsSec.length > STEPS_KNOWN) intervalsSec.shift()
      lastMs = nowMs
      isResting = rests
    },
    stop: () => takeBack?.(),
  }
}
