import type { Progress } from '../../../shared/base/progress.ts'
import type { OpenScratch } from '../../../shared/base/scratch.ts'
import type { PreparedEmotion } from '../../../shared/conversion/emotions/prepared-emotion.ts'
import type { OverFrames } from '../../../shared/conversion/over-frames.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { AnalysisSpan } from '../../../shared/conversion/windows.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import type { Performance } from '../../../shared/project/performance.ts'
import type { Backend } from '../engines/backend.ts'

/** A way to make a neutral voice emotional. A model's manifest names it. */
export interface EmotionTranslator {
  readonly id: string
  /** Reads a model's folder. Throws FailureError `checkpoint-invalid` where it is not what the translator writes. */
  openModel(folder: string): EmotionModel
}

/** What a translator learned. */
export interface EmotionModel {
  /** Every emotion that it knows; neutral is not among them. */
  readonly emotionIds: readonly string[]
  /** Only for one of `emotionIds`. A network finds its changes here, ahead of the conversion. */
  prepare(emotionId: string, request: EmotionRequest): PreparedEmotion | Promise<PreparedEmotion>
}

/** What a translator may use to find out ahead what it changes; tables need none of it. */
export interface EmotionRequest {
  /** As the conversion will analyze it (`planSpan`). */
  readonly span: AnalysisSpan
  /** Over the span's 5 ms frames. */
  readonly intensity: OverFrames
  readonly delivery: Performance['delivery']
  /** What the span itself is, of the emotions that the model knows; missing, neutral. */
  readonly sourceEmotion?: string
  readonly resample: Resample
  readonly kernels: Kernels
  readonly backend: Backend
  readonly openScratch: OpenScratch
  readonly progress: Progress
}
