import type { Random } from '../../src/shared/base/random.ts'
import { LAYER_TAPS, type GatedStack, type StackCondition } from '../../src/shared/dsp/gated-stack.ts'
import { packRows } from '../../src/shared/dsp/packed-rows.ts'
import { pairedGates } from '../../src/shared/networks/packed-coupling.ts'

export interface StackShape {
  readonly channels: number
  /** As many as channels where missing. */
  readonly gated?: number
  readonly isCausal?: boolean
  readonly inputs: number
  readonly extras: number
  /** Width of the condition. */
  readonly told: number
  readonly layers: number
  readonly frontTaps: number
  readonly rows: number
  readonly isRectified: boolean
}

const ROWS_PER_FRAME = 7

/** A coupling's network that never learned, and something for it to hear. */
export function drawnStack(
  {
    channels: C,
    gated: G = C,
    isCausal = false,
    inputs,
    extras,
    told,
    layers,
    frontTaps,
    rows,
    isRectified,
  }: StackShape,
  random: Random,
): { readonly stack: GatedStack; readonly x: Float32Array; readonly condition: StackCondition } {
  const numbers = (length: number) => Float32Array.from({ length }, () => 1.5 * random.normal())
  const layer = (outputs: number, wide: number, taps: number) => {
    const values = numbers(outputs * wide * taps).map((value) => value / Math.sqrt(wide * taps))
    return packRows({ shape: [outputs, wide, taps], values }, numbers(outputs))
  }
  const gates = () =>
    pairedGates(
      new Map([
        [
          'heard/weight',
          {
            shape: [2 * G, C, LAYER_TAPS],
            values: numbers(2 * G * C * LAYER_TAPS).map((value) => value / Math.sqrt(C * LAYER_TAPS)),
          },
        ],
        ['beside/weight', { shape: [2 * G, extras, 1], values: numbers(2 * G * extras) }],
      ]),
      'heard',
      'beside',
    )
  const stack: GatedStack = {
    channels: C,
    gated: G,
    isCausal,
    extras,
    front: layer(C, inputs, frontTaps),
    isFrontRectified: isRectified,
    layers: Array.from({ length: layers }, (_, index) => ({
      dilation: 2 ** index,
      gates: gates(),
      condition: layer(2 * G, told, 1),
      mix: layer(index < layers - 1 ? 2 * C : C, G, 1),
    })),
    residualGain: Math.fround(Math.SQRT1_2),
    tail: [
      { layer: layer(C, C, 1), isInputRectified: isRectified },
      { layer: layer(2 * inputs, C, 1), isInputRectified: isRectified },
    ],
  }
  const places = Array.from({ length: rows }, (_, row) => (row + 0.5) / ROWS_PER_FRAME)
  const frames = Math.ceil(rows / ROWS_PER_FRAME) + 1
  return {
    stack,
    x: numbers(rows * inputs),
    condition: {
      firstRow: 0,
      told: numbers(frames * told),
      frames: Int32Array.from(places, Math.floor),
      parts: Float32Array.from(places, (place) => place - Math.floor(place)),
      extras: numbers(rows * extras),
    },
  }
}
