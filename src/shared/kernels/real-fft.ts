import type { RealFft } from '../dsp/fft.ts'
import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'

interface FftExports extends AllocatingExports {
  forwardRows(size: number, count: number, signals: number, re: number, im: number): void
  inverseRows(size: number, count: number, re: number, im: number, signals: number): void
}

/**
 * The kernel `fft`: transforms of any power-of-two size from 16 on, with the contract of `realFft`, its plain twin.
 * Kernels call the transform inside their own module; from outside copies are added.
 */
export function createRealFftKernel(module: KernelModule): (size: number) => RealFft {
  const kernel = instantiateKernel<FftExports>(module)
  const memory = createKernelMemory(kernel)
  return (size) => {
    const bins = size / 2 + 1
    return {
      size,
      forward(input, re, im) {
        const signalAt = memory.put('signal', input.subarray(0, size))
        const reAt = memory.room('re', 8 * bins)
        const imAt = memory.room('im', 8 * bins)
        kernel.forwardRows(size, 1, signalAt, reAt, imAt)
        re.set(memory.f64(reAt, bins))
        im.set(memory.f64(imAt, bins))
      },
      inverse(re, im, output) {
        const signalAt = memory.room('signal', 8 * size)
        const reAt = memory.put('re', re.subarray(0, bins))
        const imAt = memory.put('im', im.subarray(0, bins))
        kernel.inverseRows(size, 1, reAt, imAt, signalAt)
        output.set(memory.f64(signalAt, size))
      },
    }
  }
}
