import type { OpenScratch } from '../../../shared/base/scratch.ts'
import type { Progress } from '../../../shared/base/progress.ts'
import type { ConvertRequest } from '../../../shared/contract/compute.ts'
import type { ConversionOutcome } from '../../../shared/conversion/convert.ts'
import type { SpectralBank } from '../../../shared/conversion/singer-model.ts'
import type { Resample, SampleSink, SampleSource } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import type { TaskContext } from '../task-context.ts'

/** What every converter gets beside its request. */
export interface ConversionParts {
  readonly source: SampleSource
  /** Gets exactly the region's samples, in as many channels as the source has. */
  readonly sink: SampleSink
  readonly resample: Resample
  readonly kernels: Kernels
  readonly openScratch: OpenScratch
  readonly progress: Progress
}

export interface Converted {
  readonly outcome: ConversionOutcome
  /** Real frames of those who sang, where a converter has any: the render's timbre is held against them. */
  readonly banks: readonly SpectralBank[]
  /** An instrument played, and no voice sang. */
  readonly isPlayed?: boolean
}

/** Sings a region of a source as its performance asks. Throws FailureError and CancelledError. */
export type Converter = (request: ConvertRequest, context: TaskContext, parts: ConversionParts) => Promise<Converted>
