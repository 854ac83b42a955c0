import type { Parameters } from '../networks/spectral-autoencoder/parameters.ts'
import type { Normalization } from './normalization.ts'

/** Goes on from networks that were trained before, on another set of people. */
export interface Tuning {
  /** In full, with a table of as many rows as there are singers now. */
  readonly parameters: Parameters
  /** Theirs: what they learned stands on it. */
  readonly normalization: Normalization
  /** Highest rate of the one cycle, by parameter; null where it stays as it is, bit for bit. */
  peakRateOf(name: string): number | null
}

/** What a base gives to those who are enrolled into it. */
export interface TrainedBase extends Normalization {
  readonly parameters: Parameters
}

const TABLE = 'singers/table'
/**
 * The row is a handful of numbers that begins between all singers and has far to go; the decoder only has to be bent.
 * The encoder is nobody's in particular and stays.
 */
const ROW_RATE = 2e-2
const DECODER_RATE = 5e-4

/** One new singer: the row begins as the mean of the base's rows, and is tuned with the decoder. */
export function enrolmentInto({ parameters, meanShape, spread }: TrainedBase): Tuning {
  return {
    parameters: new Map([...parameters, [TABLE, meanRow(parameters)]]),
    normalization: { meanShape, spread },
    peakRateOf: (name) => (name === TABLE ? ROW_RATE : name.startsWith('decoder/') ? DECODER_RATE : null),
  }
}

function meanRow(parameters: Parameters): { readonly shape: readonly number[]; readonly values: Float32Array } {
  const table = parameters.get(TABLE)
  const [count, width] = table?.shape ?? [0, 0]
  const values = new Float32Array(width)
  table?.values.forEach((value, index) => (values[index % width] += value / count))
  return { shape: [1, width], values }
}
