import { lossAndGradient, measureItemPeak, measureLoss } from './training-step.ts'

/**
 * Everything of a training that needs tensors. Weights, optimizer, draws and files stay with the caller, so that the
 * tensors may lie in another process, or in a page, and be lost without loss.
 */
export interface TensorWork {
  readonly lossAndGradient: typeof lossAndGradient
  readonly measureLoss: typeof measureLoss
  readonly measureItemPeak: typeof measureItemPeak
}

/** On the engine that is set in this process. */
export const localWork: TensorWork = { lossAndGradient, measureLoss, measureItemPeak }
