import { interpolateLinear } from '../dsp/interpolate.ts'
import { BANDS, SOURCE_FILTER_RATE_HZ } from '../networks/source-filter/config.ts'

/** Where the bands end: 0–1, 1–2, 2–4, 4–6 and 6–8 kHz, as STRAIGHT has them. */
const EDGES_HZ = [0, 1000, 2000, 4000, 6000, 8000]
const LEAST_DB = -60

/** Mean level of a frame's aperiodicity in each band, dB: 0 is noise. */
export function encodeBands(ratios: Float64Array, output: Float32Array): void {
  const binHz = SOURCE_FILTER_RATE_HZ / 2 / (ratios.length - 1)
  for (let band = 0; band < BANDS; band++) {
    const [first, end] = [EDGES_HZ[band], EDGES_HZ[band + 1]].map((hz) => Math.round(hz / binHz))
    let sum = 0
    for (let bin = first; bin < end; bin++) sum += Math.max(20 * Math.log10(ratios[bin]), LEAST_DB)
    output[band] = sum / (end - first)
  }
}

const centersHz = Float64Array.from({ length: BANDS }, (_, band) => (EDGES_HZ[band] + EDGES_HZ[band + 1]) / 2)

/** Aperiodicity of every bin as an amplitude ratio: straight lines between the bands' centers, level beyond the outer ones. */
export function decodeBands(bands: Float32Array, output: Float64Array): void {
  const binHz = SOURCE_FILTER_RATE_HZ / 2 / (output.length - 1)
  const at = Float64Array.from(output, (_, bin) => Math.min(Math.max(bin * binHz, centersHz[0]), centersHz[BANDS - 1]))
  interpolateLinear(centersHz, Float64Array.from(bands), at, output)
  for (let bin = 0; bin < output.length; bin++) output[bin] = 10 ** (Math.min(output[bin], 0) / 20)
}
