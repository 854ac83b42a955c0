import type { TrainingPoint } from '../../shared/contract/jobs.ts'

/** A sound as the page shows it: mono, cut to what is compared, with its pitch at 5 ms. */
export interface ReportSound {
  readonly label: string
  readonly samples: Float32Array
  readonly rateHz: number
  /** Hz per 5 ms, 0 where unvoiced. */
  readonly f0Hz: Float32Array | Float64Array
}

/** One number with its name and, where there is one, what it is held to. */
export interface ReportFigure {
  readonly name: string
  readonly value: string
  /** "under 20 cents"; empty where nothing is demanded. */
  readonly bar: string
  readonly isMet: boolean | null
}

/** One region before and after. */
export interface ReportRegion {
  readonly title: string
  readonly subtitle: string
  readonly source: ReportSound
  readonly converted: ReportSound
  /** Semitones between the two. */
  readonly semitones: number
  readonly figures: readonly ReportFigure[]
}

export interface ReportPage {
  readonly title: string
  readonly summary: string
  readonly facts: readonly ReportFigure[]
  readonly regions: readonly ReportRegion[]
  readonly training: readonly TrainingPoint[]
  /** Files that lie beside the page. */
  readonly files: readonly { readonly name: string; readonly what: string }[]
}
