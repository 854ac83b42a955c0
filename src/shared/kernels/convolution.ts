import type { Convolve } from '../dsp/packed-convolution.ts'
import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'

interface ConvolutionExports extends AllocatingExports {
  convolve(
    weights: number,
    bias: number,
    x: number,
    inputs: number,
    taps: number,
    stride: number,
    dilation: number,
    count: number,
    y: number,
  ): void
}

/** The SIMD kernel `convolution`; its twin is `convolve` in the room `dsp`, whose sums it takes in the same order. */
export function createConvolutionKernel(module: KernelModule): Convolve {
  const kernel = instantiateKernel<ConvolutionExports>(module)
  const memory = createKernelMemory(kernel)
  return ({ inputs, taps, stride, weights, bias }, x, dilation, count, y) => {
    const read = (count + (taps - 1) * dilation) * inputs
    const weightsAt = memory.put('weights', weights)
    const biasAt = memory.put('bias', bias)
    const xAt = memory.put('x', x.subarray(0, read))
    const yAt = memory.room('y', 8 * count * stride)
    kernel.convolve(weightsAt, biasAt, xAt, inputs, taps, stride, dilation, count, yAt)
    y.set(memory.f64(yAt, count * stride))
  }
}
