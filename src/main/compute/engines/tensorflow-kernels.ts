import { registerKernel, tensor1d, type KernelConfig, type Tensor } from '@tensorflow/tfjs-core'
import { FILTER_GRADIENT_KERNEL } from '../../../shared/nn/engine-kernels.ts'

/** The part of tfjs-node's backend that runs any operation of TensorFlow by its name; its package tells no types. */
interface NativeBackend {
  executeSingleOutput(name: string, attributes: readonly NativeAttribute[], inputs: readonly Tensor[]): Tensor
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL' | 'TF_FLOAT', number>
  >
}
interface NativeAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What the bricks ask for with the kernel's name. */
interface FilterGradientAttributes {
  readonly taps: number
  readonly dilation: number
  readonly padding: 'same' | 'valid'
}

/**
 * Gives the bricks TensorFlow's own gradient of a dilated convolution's weight, which tfjs-node does not offer. It
 * needs oneDNN on the processor.
 */
export function registerTensorflowKernels(): void {
  const kernelFunc = ({ inputs, backend, attrs }: Parameters<KernelConfig['kernelFunc']>[0]) => {
    const { x, dy } = inputs as unknown as { readonly x: Tensor; readonly dy: Tensor } // as engine-kernels.ts says
    const { taps, dilation, padding } = attrs as unknown as FilterGradientAttributes
    const native = backend as unknown as NativeBackend // the kernel is registered for this backend alone
    return filterGradient(native, x, dy, { taps, dilation, padding })
  }
  registerKernel({ kernelName: FILTER_GRADIENT_KERNEL, backendName: 'tensorflow', kernelFunc })
}

function filterGradient(
  native: NativeBackend,
  x: Tensor,
  dy: Tensor,
  { taps, dilation, padding }: FilterGradientAttributes,
): Tensor {
  const { binding } = native
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: padding.toUpperCase() },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'use_cudnn_on_gpu', type: binding.TF_ATTR_BOOL, value: true },
    { name: 'dilations', type: binding.TF_ATTR_INT, value: [1, 1, dilation, 1] },
  ]
  const sizes = tensor1d([1, taps, x.shape[3] ?? 0, dy.shape[3] ?? 0], 'int32')
  const gradient = native.executeSingleOutput('Conv2DBackpropFilter', attributes, [x, sizes, dy])
  sizes.dispose()
  return gradient
}
