import type { BitReader } from '../bit-reader.ts'

/** Single lines that are larger than what the codebook of their band was chosen for (ISO/IEC 14496-3, 4.6.3). */
export interface Pulses {
  readonly startBand: number
  readonly offsets: readonly number[]
  readonly amplitudes: readonly number[]
}

export function readPulses(reader: BitReader): Pulses {
  const count = reader.read(2) + 1
  const startBand = reader.read(6)
  const pairs = Array.from({ length: count }, () => [reader.read(5), reader.read(4)] as const)
  return { startBand, offsets: pairs.map(([offset]) => offset), amplitudes: pairs.map(([, amplitude]) => amplitude) }
}

/** False where they lie outside of the spectrum. */
export function addPulses(quantized: Int32Array, pulses: Pulses, edges: readonly number[]): boolean {
  let line = edges[pulses.startBand]
  if (line === undefined) return false
  for (let pulse = 0; pulse < pulses.offsets.length; pulse++) {
    line += pulses.offsets[pulse]
    if (line >= quantized.length) return false
    const amplitude = pulses.amplitudes[pulse]
    quantized[line] += quantized[line] > 0 ? amplitude : -amplitude
  }
  return true
}
