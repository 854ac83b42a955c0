import { customGrad, tidy, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core'

/** A forward pass with the tensors its backward pass needs. */
export interface Forward<Output extends Tensor> {
  readonly value: Output
  readonly saved: readonly Tensor[]
}

/**
 * One differentiable operation with a backward pass of its own, for everything whose stock gradient is slow or
 * missing on some backend.
 * @param inputs tensors that get a gradient, in order
 * @param forward from the inputs to the value and what to keep of them
 * @param backward from the value's gradient to one gradient per input, same shapes, same order
 */
export function withGradient<Output extends Tensor>(
  inputs: readonly Tensor[],
  forward: () => Forward<Output>,
  backward: (dy: Output, saved: readonly Tensor[]) => Tensor[],
): Output {
  const operation = customGrad<Output>((...received) => {
    // tfjs hands over the inputs and then, as the last one, the function that keeps tensors for the way back.
    const save = received[received.length - 1] as GradSaveFunc
    const { value, saved } = forward()
    save([...saved])
    return { value, gradFunc: (dy, kept) => tidy(() => backward(dy, kept)) }
  })
  return operation(...inputs)
}
