import { packedStride } from './packed-rows.ts'
import { stackReach, type GatedStack, type RunGatedStack, type StackCondition } from './gated-stack.ts'

/** One step of the way back from noise to sound. */
export interface BackwardStep {
  /** The last channels take part; of these the first half is kept, and says how the others are moved and scaled. */
  readonly width: number
  /** Shifts, then log-scales. */
  readonly stack: GatedStack
  /** Log-scales are bent to 2 tanh(s / 2). */
  readonly isBounded: boolean
  /** [width, width], row-major: what undoes the mixing of channels. */
  readonly unmixing: Float64Array
}

/** A flow of affine couplings (Dinh et al. 2017; Prenger et al. 2018), from noise to sound: its last step is undone first. */
export interface BackwardFlow {
  /** Samples that stand beside each other as channels. */
  readonly group: number
  readonly steps: readonly BackwardStep[]
}

/** Rows on each side of one that it hears. */
export const flowReach = ({ steps }: BackwardFlow): number =>
  steps.reduce((sum, { stack }) => sum + stackReach(stack), 0)

/**
 * From noise to sound: rows with their reach around them have the bits that they have in the whole.
 * @param z [rows, group]; what leaves early stands first
 * @returns [rows, group]
 */
export function invertFlow(
  { group, steps }: BackwardFlow,
  z: Float32Array,
  condition: StackCondition,
  run: RunGatedStack,
): Float32Array {
  const rows = z.length / group
  const x = z.slice()
  for (const { width, stack, isBounded, unmixing } of steps) {
    const first = group - width
    const half = width / 2
    const kept = new Float32Array(rows * half)
    for (let row = 0; row < rows; row++)
      kept.set(x.subarray(row * group + first, row * group + first + half), row * half)
    const found = run(stack, kept, rows, condition)
    const stride = packedStride(stack.tail[stack.tail.length - 1].layer)
    const mixed = new Float64Array(width)
    for (let row = 0; row < rows; row++) {
      const from = row * group + first
      for (let c = 0; c < half; c++) {
        const shift = found[row * stride + c]
        const raw = found[row * stride + half + c]
        const logScale = isBounded ? boundedLogScale(raw) : raw
        mixed[c] = kept[row * half + c]
        mixed[half + c] = (x[from + half + c] - shift) * Math.exp(-logScale)
      }
      for (let c = 0; c < width; c++) {
        let sum = 0
        for (let i = 0; i < width; i++) sum += unmixing[c * width + i] * mixed[i]
        x[from + c] = sum
      }
    }
  }
  return x
}

/** No coupling scales by more than e². */
export const LOG_SCALE_BOUND = 2
const boundedLogScale = (raw: number): number => LOG_SCALE_BOUND * Math.tanh(raw / LOG_SCALE_BOUND)
