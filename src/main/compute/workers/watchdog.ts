/** How often a working worker is looked after. */
const TICK_MS = 1000

/** Watches that a working process gives a sign of life now and then. */
export interface Watchdog {
  start(): void
  /** A sign of life. */
  hear(): void
  stop(): void
}

/**
 * Silence is counted in ticks and not by the clock: a machine that slept, or a host that was busy itself, has one tick
 * for the whole time, and no worker is ended for hours that it never had.
 * @param boundMs the longest operation that may keep a worker from answering
 */
export function createWatchdog(boundMs: number, onSilent: () => void, tickMs = TICK_MS): Watchdog {
  let timer: NodeJS.Timeout | null = null
  let silentTicks = 0
  const stop = () => {
    if (timer !== null) clearInterval(timer)
    timer = null
  }
  return {
    start() {
      stop()
      silentTicks = 0
      timer = setInterval(() => {
        if (++silentTicks * tickMs < boundMs) return
        stop()
        onSilent()
      }, tickMs)
      timer.unref()
    },
    hear: () => void (silentTicks = 0),
    stop,
  }
}
