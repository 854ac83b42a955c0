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

/** What the forward half of a first-order `zeroPhase` remembers at a sample, so that later sound can go on from there. */
export interface FirstOrderMemory {
  readonly state: number
}

/**
 * `zeroPhase` of one first-order section in pieces: with `memory` the input goes on where an earlier piece's sample
 * `handOver` stood, as if all before were here. Also gives the memory at `handOver` (index of the input; its end where
 * absent). The backward half starts at the input's end, so the last samples are as uncertain as any file's.
 */
export function zeroPhaseResumed(
  section: Section,
  input: Float64Array,
  memory: FirstOrderMemory | null,
  handOver = input.length,
): { readonly output: Float64Array; readonly memory: FirstOrderMemory } {
  const { length } = input
  if (length === 0) return { output: new Float64Array(0), memory: memory ?? { state: 0 } }
  const extension = Math.min(extensionLength([section]), length - 1)
  const whole = extendOddly(input, extension)
  const work = memory ? whole.subarray(extension) : whole
  const first = memory ? 0 : extension
  const { b0, b1, a1 } = section
  let state = memory?.state ?? steadyState(section, work[0])
  let handed = state
  for (let index = 0; index < work.length; index++) {
    if (index === first + handOver) handed = state
    const x = work[index]
    const y = b0 * x + state
    state = b1 * x - a1 * y
    work[index] = y
  }
  state = steadyState(section, work[work.length - 1])
  for (let index = work.length - 1; index >= 0; index--) {
    const x = work[index]
    const y = b0 * x + state
    state = b1 * x - a1 * y
    work[index] = y
  }
  return { output: work.subarray(first, first + length), memory: { state: handed } }
}

/** What a first-order section holds when it has heard `level` forever. */
const steadyState = ({ b0, b1, a1 }: Section, level: number) => (b1 - (a1 * (b0 + b1)) / (1 + a1)) * level

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
