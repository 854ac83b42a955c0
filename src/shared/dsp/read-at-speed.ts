/** Crossings of zero on either side of the sinc that is read with. */
const CROSSINGS = 12

/**
 * A sound read faster or slower from a place on, so that its pitch moves with its time, formants and all: a Hann-windowed
 * sinc whose band ends where the slower of both rates has its own. Beyond its ends there is silence.
 * @param start in samples, of the first one that is read
 * @param speed 2 for an octave higher
 */
export function readAtSpeed(samples: Float32Array, start: number, speed: number, count: number): Float32Array {
  const band = Math.min(1, 1 / speed)
  const reach = CROSSINGS / band
  return Float32Array.from({ length: count }, (_, index) => {
    const position = start + index * speed
    let sum = 0
    for (
      let at = Math.max(Math.ceil(position - reach), 0);
      at <= Math.min(position + reach, samples.length - 1);
      at++
    ) {
      const distance = at - position
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach)
      sum += samples[at] * window * band * sinc(band * distance)
    }
    return sum
  })
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
