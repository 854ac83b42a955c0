import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWatchdog } from '../../../../../src/main/compute/workers/watchdog.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('signs of life keep a worker; silence beyond the bound is told once', () => {
  const onSilent = vi.fn()
  const watchdog = createWatchdog(5000, onSilent, 1000)
  watchdog.start()
  for (let second = 0; second < 20; second++) {
    vi.advanceTimersByTime(1000)
    if (second % 4 === 3) watchdog.hear()
  }
  expect(onSilent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60_000)
  expect(onSilent).toHaveBeenCalledTimes(1)
})

test('a machine that slept for a night has one tick for it: no worker is ended for hours that it never had', () => {
  const onSilent = vi.fn()
  const watchdog = createWatchdog(5000, onSilent, 1000)
  watchdog.start()
  vi.advanceTimersByTime(3000)
  vi.setSystemTime(Date.now() + 8 * 3_600_000)
  vi.advanceTimersByTime(1000)
  expect(onSilent).not.toHaveBeenCalled()
})

test('nothing is watched while nothing works', () => {
  const onSilent = vi.fn()
  const watchdog = createWatchdog(5000, onSilent, 1000)
  watchdog.start()
  watchdog.stop()
  vi.advanceTimersByTime(60_000)
  expect(onSilent).not.toHaveBeenCalled()
})
