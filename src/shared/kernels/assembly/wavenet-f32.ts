import { sing, tell } from './wavenet/step'

/** The condition of the next frame of a batch whose plan lies at `plan`. */
export function condition(plan: usize): void {
  tell<f32>(plan)
}

/** `samples` samples of every segment of the batch. */
export function run(plan: usize, samples: usize): void {
  sing<f32>(plan, samples)
}

/** First byte that the caller may lay arrays out from. */
export function heapBase(): usize {
  return __heap_base
}
