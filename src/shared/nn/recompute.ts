import { engine, grads, type Tensor } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * A part of a network that keeps nothing but its inputs for the way back and computes itself once more there
 * (Chen et al. 2016): less memory for a third more work, with the same gradient, bit for bit.
 * @param inputs everything that gets a gradient, the weights of the part included
 */
export function recomputing<Output extends Tensor>(
  inputs: readonly Tensor[],
  forward: (...inputs: Tensor[]) => Output,
): Output {
  return withGradient(
    inputs,
    () => ({ value: forward(...inputs), saved: inputs }),
    (dy, saved) => keepingTape(() => grads((...again: Tensor[]) => forward(...again))([...saved], dy)),
  )
}

/** tfjs drops its tape after any gradient, also after one inside another's way back, where the tape is still needed. */
function keepingTape<Found>(compute: () => Found): Found {
  const { state } = engine()
  const tape = state.activeTape
  try {
    return compute()
  } finally {
    state.activeTape = tape
  }
}
