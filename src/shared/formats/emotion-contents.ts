import type { TensorReader } from './model-tensors.ts'
import type { RawTensor } from './safetensors.ts'

/** How a translator's model lies in an `.emotion` file, or in what is shipped. */
export interface EmotionContents<Model> {
  /** What is told of the model beside its numbers, as plain data, and the numbers. */
  write(model: Model): { readonly facts: unknown; readonly tensors: ReadonlyMap<string, RawTensor> }
  /**
   * @param facts as parsed, of whatever shape
   * @param reader complains of numbers that are missing, of another shape, or not plausible
   * @returns null where the facts are not whole
   */
  read(facts: unknown, reader: TensorReader): { readonly model: Model; readonly tensorCount: number } | null
}

/** More are labels of something else. */
export const MOST_EMOTIONS = 16
/** No path and nothing of a markup. */
export const EMOTION_NAME = /^[a-z][a-z0-9-]{0,30}$/

export const hasTwice = (names: readonly string[]): boolean => new Set(names).size !== names.length
