import type { FilterPolyphase, Polyphase } from '../dsp/polyphase.ts'
import { instantiateKernel, reserveBytes, type KernelExports, type KernelModule } from './instance.ts'

interface PolyphaseExports extends KernelExports {
  filter(input: number, rows: number, taps: number, up: number, down: number, count: number, output: number): void
}

/** Outputs filtered at once: longer sounds take no more memory. */
const MOST_OUTPUTS = 1 << 18

/** The SIMD kernel `polyphase`; its twin is `filterPolyphase` in the room `dsp`, which sums in double. */
export function createPolyphaseKernel(module: KernelModule): FilterPolyphase {
  const kernel = instantiateKernel<PolyphaseExports>(module)

  function filterPart(part: Float32Array, { up, down, taps, rows }: Polyphase, output: Float32Array): void {
    const rowsAt = kernel.heapBase()
    const inputAt = rowsAt + rows.byteLength
    const outputAt = inputAt + part.byteLength
    reserveBytes(kernel.memory, outputAt + output.byteLength)
    new Float32Array(kernel.memory.buffer, rowsAt, rows.length).set(rows)
    new Float32Array(kernel.memory.buffer, inputAt, part.length).set(part)
    kernel.filter(inputAt, rowsAt, taps, up, down, output.length, outputAt)
    output.set(new Float32Array(kernel.memory.buffer, outputAt, output.length))
  }

  return (padded, polyphase, count) => {
    const { up, down, taps } = polyphase
    const output = new Float32Array(count)
    // A part begins where a row of its own is the first: after a multiple of `up` outputs.
    const stride = up * Math.max(1, Math.floor(MOST_OUTPUTS / up))
    for (let start = 0; start < count; start += stride) {
      const outputs = output.subarray(start, start + stride)
      const first = (start / up) * down
      const last = first + Math.floor(((outputs.length - 1) * down) / up) + taps
      filterPart(padded.subarray(first, last), polyphase, outputs)
    }
    return output
  }
}
