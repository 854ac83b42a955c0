import { interpolateLinear } from '../../../dsp/interpolate.ts'
import type { Numbers } from '../../../dsp/numbers.ts'
import { CEPSTRA } from '../../../networks/relgan/config.ts'
import { BAND_COUNT } from '../../../networks/spectral-autoencoder/config.ts'
import { envelopeFftSize } from '../../../world/index.ts'
import { melBands } from '../../features.ts'

/**
 * Spectral envelopes as RelGAN knows them: 36 cosine coefficients of ln power on WORLD's mel axis at 22,050 Hz (Morise,
 * Miyashita, Ozenne 2017), from the bins of an envelope, or from the converter's 64 bands of the same envelope.
 */

export const CODED_RATE_HZ = 22_050
const NYQUIST_HZ = CODED_RATE_HZ / 2
const FFT_SIZE = envelopeFftSize(CODED_RATE_HZ)
/** Points of the mel axis; a quarter of what the codec takes gives 36 coefficients within a hundredth of its spread. */
const AXIS_POINTS = 128
const LOWEST_HZ = 40
const MEL_CORNER_HZ = 700
/** Under this an envelope says nothing: −100 dB. */
const POWER_FLOOR = 1e-10

const mel = (hz: number): number => Math.log(1 + hz / MEL_CORNER_HZ)
const axisMel = Float64Array.from({ length: AXIS_POINTS }, (_, n) => {
  const [low, high] = [mel(LOWEST_HZ), mel(NYQUIST_HZ)]
  return low + ((high - low) * n) / AXIS_POINTS
})
const binsMel = Float64Array.from({ length: FFT_SIZE / 2 + 1 }, (_, bin) => mel((bin * CODED_RATE_HZ) / FFT_SIZE))
const bandsMel = (): Float64Array => melBands().centersHz.map(mel)

/** cos(π i (2n + 1) / 2N) · √2 (1 for i = 0), row by row for each coefficient. */
const cosines = Float64Array.from({ length: CEPSTRA * AXIS_POINTS }, (_, at) => {
  const [i, n] = [Math.floor(at / AXIS_POINTS), at % AXIS_POINTS]
  return (i === 0 ? 1 : Math.SQRT2) * Math.cos((Math.PI * i * (2 * n + 1)) / (2 * AXIS_POINTS))
})

/**
 * The code of one power envelope of `envelopeFftSize(22,050) / 2 + 1` bins.
 * @param edgeHz above, the envelope goes on as it is there: what recordings of a low rate lack is not learned
 * @param output 36 numbers
 */
export function codePower(power: Numbers, edgeHz: number, output: Numbers): void {
  const logPower = Float64Array.from(power, (value) => Math.log(value + POWER_FLOOR))
  codeLog(binsMel, logPower, edgeHz, output)
}

/** The code of one row of ln power in the converter's 64 bands (the same envelope at 24 kHz). */
export function codeBands(row: Numbers, edgeHz: number, output: Numbers): void {
  codeLog(bandsMel(), row, edgeHz, output)
}

/** What a change of a code is in ln power at the converter's 64 bands; above the edge it goes on as it is there. */
export function bandsOfCode(code: Numbers, edgeHz: number, output: Numbers): void {
  const curve = new Float64Array(AXIS_POINTS)
  for (let n = 0; n < AXIS_POINTS; n++) {
    let sum = 0
    for (let i = 0; i < CEPSTRA; i++) sum += code[i] * cosines[i * AXIS_POINTS + n]
    curve[n] = sum
  }
  const asked = bandsMel().map((band) => Math.min(band, mel(edgeHz)))
  const values = new Float64Array(BAND_COUNT)
  interpolateLinear(axisMel, curve, asked, values)
  for (let band = 0; band < BAND_COUNT; band++) output[band] = values[band]
}

function codeLog(placesMel: Float64Array, logPower: Numbers, edgeHz: number, output: Numbers): void {
  const warped = new Float64Array(AXIS_POINTS)
  const edge = mel(Math.min(edgeHz, NYQUIST_HZ))
  interpolateLinear(
    placesMel,
    Float64Array.from(logPower),
    axisMel.map((place) => Math.min(place, edge)),
    warped,
  )
  for (let i = 0; i < CEPSTRA; i++) {
    let sum = 0
    for (let n = 0; n < AXIS_POINTS; n++) sum += warped[n] * cosines[i * AXIS_POINTS + n]
    output[i] = sum / AXIS_POINTS
  }
}
