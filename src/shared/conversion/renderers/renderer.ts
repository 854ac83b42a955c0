import type { OpenScratch } from '../../base/scratch.ts'
import type { Progress } from '../../base/progress.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import type { Kernels } from '../../kernels/kernels.ts'
import type { ReadWindow } from '../analyze.ts'
import type { BlendedTarget } from '../blended-target.ts'
import type { SpectralChange } from '../differential-filter.ts'
import type { KnownAnalysis } from '../known-analysis.ts'
import type { PitchPlan } from '../pitch-plan.ts'
import type { Resample, SampleSink } from '../sound.ts'
import type { AnalysisSpan, Survey, WindowLengths } from '../windows.ts'

/** What is known of a voice before its timbre is read, and what it is rendered with. */
export interface VoiceToRender {
  readonly span: AnalysisSpan
  readonly survey: Survey
  /** The source's pitch, Hz per 5 ms frame of the span, 0 unvoiced. */
  readonly f0: Float32Array
  readonly plan: PitchPlan
  readonly target: BlendedTarget
  /** dB per frame by which an emotion changes the noise part; null for none. */
  readonly breath: Numbers | null
  /** Whether an emotion that keeps notes is all that makes the voice anew. */
  readonly isMovedByEmotionAlone: boolean
  /** Whether what is to be done to the spectra is an emotion's, nobody else singing. */
  readonly isChangeExpression: boolean
  readonly resample: Resample
  readonly kernels: Kernels
  readonly openScratch: OpenScratch
  readonly known?: KnownAnalysis | undefined
  readonly windowLengths?: WindowLengths | undefined
}

/** A voice as its renderer will make it, but for the timbre. */
export interface PreparedVoice {
  /** The sound that the change of timbre starts from. */
  readonly read: ReadWindow
  /** That sound's pitch, Hz per frame, 0 unvoiced. */
  readonly f0: Float32Array
  /** Everything by which that sound differs from the source's. */
  readonly moves: readonly (Numbers | number | null)[]
  /** Gives exactly the region's samples to the sink, and the pitch that they should have; `change` null keeps the timbre. */
  render(change: SpectralChange | null, progress: Progress, sink: SampleSink): Float32Array
}

/** Turns converted features into samples. */
export interface Renderer {
  prepare(voice: VoiceToRender, progress: Progress): PreparedVoice
}
