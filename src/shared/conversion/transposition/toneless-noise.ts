import { butterworthBandPass, butterworthLowPass } from '../../dsp/butterworth.ts'
import type { HarmonicNoise, TranspositionSteps } from '../../kernels/transposition.ts'

/** Up to here what does not repeat is mostly movement of pitch and level: a tone. Above it is mostly breath. */
const TONE_UP_TO_HZ = 1000
const MADE_FROM_HZ = 100
/** Level of the made noise against the voice's in its band, before it is brought to a singer's: louder, it is rough. */
const LEVEL_DB = -40
const LEVEL_SMOOTHING_HZ = 25
/** Power of white noise that lies evenly between −1 and 1. */
const WHITE_POWER = 1 / 3

/**
 * The noise part without the source's pitch: what a comb leaves of a voice that glides or stops is a tone at the pitch
 * that was left, heard beside the moved one. Its lower band is exchanged for made noise that follows the voice's level.
 * `firstSample` counts from the file's start: the same noise however the file is cut, and in every channel.
 */
export function tonelessNoise(
  { harmonic, noise }: HarmonicNoise,
  { rateHz, firstSample }: { readonly rateHz: number; readonly firstSample: number },
  steps: Pick<TranspositionSteps, 'zeroPhase'>,
): Float64Array {
  const lowPass = butterworthLowPass(2, TONE_UP_TO_HZ, rateHz)
  const band = butterworthBandPass(MADE_FROM_HZ, TONE_UP_TO_HZ, rateHz)
  const tone = steps.zeroPhase(lowPass, noise)
  const made = steps.zeroPhase(
    band,
    noise.map((_, index) => whiteAt(firstSample + index)),
  )
  const voice = steps.zeroPhase(lowPass, harmonic)
  const power = steps.zeroPhase(
    butterworthLowPass(1, LEVEL_SMOOTHING_HZ, rateHz),
    voice.map((value) => value * value),
  )
  const shareOfBand = (TONE_UP_TO_HZ - MADE_FROM_HZ) / (rateHz / 2)
  const scale = 10 ** (LEVEL_DB / 20) / Math.sqrt(WHITE_POWER * shareOfBand)
  return noise.map((value, index) => value - tone[index] + made[index] * scale * Math.sqrt(Math.max(power[index], 0)))
}

/** Evenly between −1 and 1, for every whole number its own (the finalizer of MurmurHash3). */
function whiteAt(index: number): number {
  let bits = index | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) / 2 ** 31
}
