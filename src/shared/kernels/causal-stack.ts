import { assert } from '../base/assert.ts'
import type { OpenCausalStack } from '../dsp/causal-stack.ts'
import { PANEL_ROWS, packedStride, type PackedRows } from '../dsp/packed-rows.ts'
import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'

interface CausalStackExports extends AllocatingExports {
  multiply(weights: number, from: number, x: number, inputs: number, panels: number, y: number): void
  layer(
    gates: number,
    before: number,
    after: number,
    part: number,
    mix: number,
    bias: number,
    slot: number,
    channels: number,
    skip: number,
    gain: number,
    row: number,
    sums: number,
    skips: number,
  ): void
  rectify(x: number, count: number): void
}

/**
 * The SIMD kernel `causal-stack`; its twin is `openCausalStack` in the room `dsp`. Each stream has an instance of its own,
 * whose memory goes with it.
 */
export function createCausalStackKernel(module: KernelModule): OpenCausalStack {
  const compiled = module instanceof Uint8Array ? new WebAssembly.Module(module) : module
  return ({ channels: C, skip, front, layers, residualGain, tail }) => {
    assert(C % PANEL_ROWS === 0 && skip % PANEL_ROWS === 0, `a stack has whole panels, not ${C} and ${skip} channels`)
    const kernel = instantiateKernel<CausalStackExports>(compiled)
    /** Nothing is placed after the first sample, so that views stay. */
    const reserve = (count: number): number => {
      const at = kernel.allocate(4 * count)
      new Float32Array(kernel.memory.buffer, at, count).fill(0)
      return at
    }
    const put = (values: Float32Array): number => {
      const at = kernel.allocate(values.byteLength)
      new Float32Array(kernel.memory.buffer, at, values.length).set(values)
      return at
    }
    const place = (rows: PackedRows) => ({
      weights: put(rows.weights),
      bias: put(rows.bias),
      inputs: rows.inputs,
      panels: packedStride(rows) / PANEL_ROWS,
    })
    const multiply = ({ weights, bias, inputs, panels }: ReturnType<typeof place>, x: number, y: number) =>
      kernel.multiply(weights, bias, x, inputs, panels, y)

    const rowBytes = 4 * C
    const placedFront = place(front)
    const placedLayers = layers.map(({ dilation, gates, condition, mix }) => ({
      dilation,
      gates: put(gates),
      condition: place(condition),
      mix: place(mix),
      queue: reserve(dilation * C),
      frames: [reserve(2 * C), reserve(2 * C)],
    }))
    const placedTail = tail.map((rows) => ({ rows: place(rows), y: reserve(packedStride(rows)) }))
    const [xAt, row, skips] = [reserve(front.inputs), reserve(2 * C), reserve(skip)]
    const sums = reserve(2 * C + skip)
    const told = reserve(layers[0].condition.inputs)
    const toldView = new Float32Array(kernel.memory.buffer, told, layers[0].condition.inputs)
    const inputs = new Float32Array(kernel.memory.buffer, xAt, front.inputs)
    const skipView = new Float32Array(kernel.memory.buffer, skips, skip)
    const last = placedTail[placedTail.length - 1]
    const result = new Float32Array(kernel.memory.buffer, last.y, PANEL_ROWS * last.rows.panels)
    let sample = 0
    let newer = 0

    return {
      tell(values) {
        newer = 1 - newer
        toldView.set(values)
        for (const { condition, frames } of placedLayers) multiply(condition, told, frames[newer])
      },
      next(x, part) {
        inputs.set(x)
        skipView.fill(0)
        multiply(placedFront, xAt, row + rowBytes)
        for (const { dilation, gates, mix, queue, frames } of placedLayers) {
          const slot = queue + (sample % dilation) * rowBytes
          const [before, after] = [frames[1 - newer], frames[newer]]
          kernel.layer(
            ...([gates, before, after, part, mix.weights, mix.bias, slot] as const),
            ...([C, skip, residualGain, row, sums, skips] as const),
          )
        }
        sample++
        let heard = { at: skips, count: skip }
        for (const { rows, y } of placedTail) {
          kernel.rectify(heard.at, heard.count)
          multiply(rows, heard.at, y)
          heard = { at: y, count: PANEL_ROWS * rows.panels }
        }
        return result
      },
    }
  }
}
