import type { GatedStack, RunGatedStack, StackCondition } from './gated-stack.ts'
import { packedStride } from './packed-rows.ts'

/** What one half of the channels says of the other. */
export interface HeardHalf {
  readonly stack: GatedStack
  /** Which of its level's conditions it is told. */
  readonly told: number
}

/** One step of the way back: halves have changed places, and the second says how the first is moved and scaled. */
export interface LeveledStep extends HeardHalf {
  /** Of each channel, after it: x / scale − bias. */
  readonly scale: Float32Array
  readonly bias: Float32Array
}

/** Flows at one rate. */
export interface FlowLevel {
  readonly width: number
  /** The last one is undone first. Of their stacks: log-scales, then shifts. */
  readonly steps: readonly LeveledStep[]
  /** Where half of the channels left behind them: means, then log-deviations of these, by those that stayed. */
  readonly prior: HeardHalf | null
}

/** Flows at many rates (Kim et al. 2019), from noise to sound: each level has half the rows and twice the width of the next. */
export interface LeveledFlow {
  /** The slowest first. */
  readonly levels: readonly FlowLevel[]
}

/**
 * From noise to sound.
 * @param z what left, the fastest level's first, then what was left: [rows, channels] each
 * @param conditions of each level: what its steps and prior are told
 * @returns samples
 */
export function invertLeveledFlow(
  { levels }: LeveledFlow,
  z: readonly Float32Array[],
  conditions: readonly (readonly StackCondition[])[],
  run: RunGatedStack,
): Float32Array {
  const left = z.slice(0, -1)
  let x: Float32Array = z[z.length - 1].slice()
  levels.forEach(({ width, steps, prior }, level) => {
    const told = conditions[level]
    if (prior !== null) x = rejoined(x, left.pop() ?? new Float32Array(0), prior, told, run)
    const rows = x.length / width
    for (const step of steps) undo(x, rows, width, step, told, run)
    x = spread(x, rows, width)
  })
  return x
}

/** What stayed, and behind it what left: noise · deviation + mean. */
function rejoined(
  kept: Float32Array,
  leaving: Float32Array,
  { stack, told }: HeardHalf,
  conditions: readonly StackCondition[],
  run: RunGatedStack,
): Float32Array {
  const width = stack.front.inputs
  const rows = kept.length / width
  const found = run(stack, kept, rows, conditions[told])
  const stride = strideOf(stack)
  const x = new Float32Array(2 * kept.length)
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < width; c++) {
      const [mean, logDeviation] = [found[row * stride + c], found[row * stride + width + c]]
      x[2 * row * width + c] = kept[row * width + c]
      x[(2 * row + 1) * width + c] = leaving[row * width + c] * Math.exp(logDeviation) + mean
    }
  return x
}

function undo(
  x: Float32Array,
  rows: number,
  width: number,
  { stack, told, scale, bias }: LeveledStep,
  conditions: readonly StackCondition[],
  run: RunGatedStack,
): void {
  const half = width / 2
  const kept = new Float32Array(rows * half)
  for (let row = 0; row < rows; row++) for (let c = 0; c < half; c++) kept[row * half + c] = x[row * width + half + c]
  const found = run(stack, kept, rows, conditions[told])
  const stride = strideOf(stack)
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < half; c++) {
      const shift = found[row * stride + half + c]
      const moved = x[row * width + c] * Math.exp(found[row * stride + c]) + shift
      x[row * width + c] = kept[row * half + c] / scale[c] - bias[c]
      x[row * width + half + c] = moved / scale[half + c] - bias[half + c]
    }
}

/** Channels become rows: channel 2c + phase of a row is channel c of row 2 · row + phase. */
function spread(x: Float32Array, rows: number, width: number): Float32Array {
  const y = new Float32Array(x.length)
  const half = width / 2
  for (let row = 0; row < rows; row++)
    for (let at = 0; at < width; at++) y[(2 * row + (at % 2)) * half + Math.floor(at / 2)] = x[row * width + at]
  return y
}

const strideOf = ({ tail }: GatedStack): number => packedStride(tail[tail.length - 1].layer)
