/** The thing that is measured, as its users reach it: learn a singer from files, convert a file. */
export interface Product {
  train(name: string, clipPaths: readonly string[]): Promise<TrainedSinger>
  convert(sourcePath: string, singer: TrainedSinger): Promise<ConvertedFile>
}

export interface TrainedSinger {
  readonly id: string
  readonly name: string
}

export interface ConvertedFile {
  /** The conversion at the source's own rate, sample for sample. */
  readonly path: string
  readonly semitones: number
}
