/** A sung tone at any rate, with breath, a silent edge at either end, and its true pitch per 5 ms frame. */
export function voiceAt(fs: number, durationSec: number, centerHz = 220): { x: Float64Array; f0: Float64Array } {
  const edgeSec = 0.04
  const isSung = (sec: number) => sec >= edgeSec && sec < durationSec - edgeSec
  const pitchAt = (sec: number) => centerHz * (1 + 0.03 * Math.sin(2 * Math.PI * 5.5 * sec) + 0.2 * (sec / durationSec))
  const harmonicCount = Math.floor(Math.min(10_000, fs / 2.2) / (1.3 * centerHz))
  let phase = 0
  let random = 1
  const breath = () => {
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff
    return random / 0x40000000 - 1
  }
  const x = Float64Array.from({ length: Math.round(fs * durationSec) }, (_, i) => {
    phase += (2 * Math.PI * pitchAt(i / fs)) / fs
    if (!isSung(i / fs)) return 0
    let sum = 0.01 * breath()
    for (let h = 1; h <= harmonicCount; h++) sum += Math.cos(h * phase) / h
    return 0.2 * sum
  })
  const f0 = Float64Array.from({ length: Math.floor(durationSec / 0.005) + 1 }, (_, frame) =>
    isSung(0.005 * frame) ? pitchAt(0.005 * frame) : 0,
  )
  return { x, f0 }
}
