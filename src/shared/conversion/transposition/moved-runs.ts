import type { Numbers } from '../../dsp/numbers.ts'

/** A shorter pause does not part what is sung: the voice is heard through it. */
const LEAST_PAUSE_FRAMES = 4

/**
 * 1 at every 5 ms frame whose voiced run is moved somewhere, 0 where a run is left at its pitch from pause to pause: it
 * need not be made of grains. Pauses go halfway with either side. `f0` in Hz, 0 unvoiced; `ratio` per frame.
 */
export function movedRuns(f0: Numbers, ratio: Numbers): Uint8Array {
  const moved = new Uint8Array(f0.length)
  let runStart = 0
  let lastVoiced = -1
  const close = (end: number) => {
    for (let frame = runStart; frame <= lastVoiced; frame++) {
      if (f0[frame] > 0 && ratio[frame] !== 1) {
        moved.fill(1, runStart, end)
        break
      }
    }
    runStart = end
  }
  for (let frame = 0; frame < f0.length; frame++) {
    if (!(f0[frame] > 0)) continue
    if (lastVoiced >= 0 && frame - lastVoiced > LEAST_PAUSE_FRAMES) close((lastVoiced + 1 + frame) >> 1)
    lastVoiced = frame
  }
  close(f0.length)
  return moved
}
