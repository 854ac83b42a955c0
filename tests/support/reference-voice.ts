/** The reference's test voice: a vowel that glides between two formant sets, vibrato, a pause, xorshift noise. */
export function referenceVoice(
  rateHz: number,
  durationSec: number,
  baseHz: number,
  formants: readonly (readonly [number, number])[],
  seed: number,
): Float64Array {
  const count = Math.floor(rateHz * durationSec)
  const x = new Float64Array(count)
  const harmonics = Math.floor(11_000 / baseHz)
  let word = seed >>> 0
  let phase = 0
  let peak = 0
  for (let n = 0; n < count; n++) {
    const t = n / rateHz
    const f0 = baseHz * 2 ** ((30 * Math.sin(2 * Math.PI * 5.5 * t) + 200 * Math.sin(2 * Math.PI * 0.7 * t)) / 1200)
    phase += f0 / rateHz
    const mix = 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / durationSec)
    let sum = 0
    for (let h = 1; h < harmonics; h++) {
      const f = h * f0
      if (f >= 11_000) continue
      let gain = 0
      formants.forEach(([a, b], k) => (gain += 10 ** (-k / 2) / (1 + ((f - (a + (b - a) * mix)) / 90) ** 2)))
      sum += ((gain + 0.002) / h ** 0.5) * Math.cos(2 * Math.PI * h * phase)
    }
    word = (word ^ (word << 13)) >>> 0
    word = (word ^ (word >>> 17)) >>> 0
    word = (word ^ (word << 5)) >>> 0
    const noise = word / 2 ** 31 - 1
    const gate =
      Math.min(Math.max(Math.min(t - 0.08, durationSec - 0.08 - t) * 40, 0), 1) *
      (1 - Math.exp(-(((t - 0.62 * durationSec) / 0.03) ** 2)))
    x[n] = (sum + 0.01 * noise) * gate
    peak = Math.max(peak, Math.abs(x[n]))
  }
  return x.map((value) => (value * 0.5) / peak)
}
