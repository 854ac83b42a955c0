/**
 * Moves the clocks of the process that loads this on by a minute at each SIGUSR2, as those of a suspended machine have
 * moved when it wakes. Timers keep their own time.
 */
const MINUTE_MS = 60_000
let movedMs = 0
const now = Date.now
const passed = performance.now.bind(performance)
Date.now = () => now() + movedMs
performance.now = () => passed() + movedMs
if (process.platform !== 'win32') process.on('SIGUSR2', () => (movedMs += MINUTE_MS))
