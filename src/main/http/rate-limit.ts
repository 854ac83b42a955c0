/** Lets `burst` things through at once and `perSec` on average (a token bucket). */
export function createRateLimit(perSec: number, burst: number, nowMs: () => number): () => boolean {
  let allowance = burst
  let lastMs = nowMs()
  return () => {
    const currentMs = nowMs()
    allowance = Math.min(burst, allowance + ((currentMs - lastMs) / 1000) * perSec)
    lastMs = currentMs
    if (allowance < 1) return false
    allowance -= 1
    return true
  }
}
