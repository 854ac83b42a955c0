import type { Section } from './butterworth.ts'
import type { Numbers } from './numbers.ts'

/**
 * Filters forward and backward, so that nothing is delayed and the gain is applied twice. The ends are extended by
 * odd reflection, and each pass starts in the steady state of its first sample, as `scipy.signal.sosfiltfilt` does.
 * Returns a new array of the input's length. An input shorter than the extension is extended by its edge value.
 * Source: Gustafsson 1996, "Determining the initial states in forward-backward filtering", the common variant.
 */
export function zeroPhase(sections: readonly Section[], input: Numbers): Float64Array {
  const length = input.length
  if (length === 0) return new Float64Array(0)
  const extension = Math.min(extensionLength(sections), length - 1)
  const work = extendOddly(input, extension)
  filterFromSteadyState(sections, work)
  work.reverse()
  filterFromSteadyState(sections, work)
  work.reverse()
  return work.subarray(extension, extension + length)
}

/** Three times the number of taps of the cascade. */
function extensionLength(sections: readonly Section[]): number {
  const firstOrder = sections.filter((section) => section.b2 === 0 && section.a2 === 0).length
  return 3 * (2 * sections.length + 1 - firstOrder)
}

function extendOddly(input: Numbers, extension: number): Float64Array {
  const length = input.length
  const extended = new Float64Array(length + 2 * extension)
  extended.set(input, extension)
  for (let distance = 1; distance <= extension; distance++) {
    extended[extension - distance] = 2 * input[0] - input[distance]
    extended[extension + length - 1 + distance] = 2 * input[length - 1] - input[length - 1 - distance]
  }
  return extended
}

function filterFromSteadyState(sections: readonly Section[], data: Float64Array): void {
  let level = data[0]
  for (const { b0, b1, b2, a1, a2 } of sections) {
    const gain = (b0 + b1 + b2) / (1 + a1 + a2)
    // Transposed direct form II: in the steady state y = gain·x, s2 = b2 x − a2 y, s1 = b1 x − a1 y + s2.
    let state2 = (b2 - a2 * gain) * level
    let state1 = (b1 - a1 * gain) * level + state2
    for (let index = 0; index < data.length; index++) {
      const x = data[index]
      const y = b0 * x + state1
      state1 = b1 * x - a1 * y + state2
      state2 = b2 * x - a2 * y
      data[index] = y
    }
    level *= gain
  }
}
