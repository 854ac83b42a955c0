import type { Clock } from '../../src/main/jobs/work.ts'

export interface FakeClock extends Clock {
  /** Moves time on and calls what fell due, in order. */
  advance(byMs: number): void
}

/** Time that moves only when a test says so. */
export function createFakeClock(startMs = 1_000_000): FakeClock {
  let nowMs = startMs
  const due: { atMs: number; action: () => void }[] = []
  return {
    nowMs: () => nowMs,
    after(delayMs, action) {
      const entry = { atMs: nowMs + delayMs, action }
      due.push(entry)
      return () => {
        const place = due.indexOf(entry)
        if (place >= 0) due.splice(place, 1)
      }
    },
    advance(byMs) {
      const untilMs = nowMs + byMs
      for (;;) {
        const next = due.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined) break
        due.splice(due.indexOf(next), 1)
        nowMs = next.atMs
        next.action()
      }
      nowMs = untilMs
    },
  }
}
