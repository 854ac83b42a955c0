import { butterworthBandPass, butterworthLowPass } from '../../dsp/butterworth.ts'
import type { Numbers } from '../../dsp/numbers.ts'
import { zeroPhase, zeroPhaseResumed, type FirstOrderMemory } from '../../dsp/zero-phase.ts'
import type { VoiceCurves } from './voice-curves.ts'

/** The fundamental's own phase is followed within this band around the tracked pitch. */
const FUNDAMENTAL_BAND_HZ = 25
/** Under this voicing the correction stands still. */
const FROZEN_VOICING = 0.3
/** Where a period's energy lies is heard above this, or above one and a half times the median pitch. */
const ENERGY_LOW_HZ = 300
const ENERGY_LOW_PITCHES = 1.5
const ENERGY_HIGH_HZ = 4000
const ENERGY_HIGH_SHARE_OF_RATE = 0.45
const ENERGY_SMOOTHING_HZ = 3
const VOICED = 0.5
const FREQUENCY_SMOOTHING_HZ = 60
/** The local frequency is held within these factors of the tracked pitch. */
const LEAST_FREQUENCY_RATIO = 0.8
const GREATEST_FREQUENCY_RATIO = 1.25

/** Phase of a voice in periods: it crosses an integer where the energy of each period is centered. */
export interface PhaseTrack {
  readonly theta: Float64Array
  /** Periods per sample, smoothed. */
  readonly frequency: Float64Array
}

/** What a later window needs to follow the phase as if it had heard everything before. */
export interface PhaseMemory {
  /** Phase of the fundamental, not yet turned to the energy, in periods; only its fraction matters. */
  readonly fundamental: number
  /** Where the energy of the periods so far lies: real and imaginary part. */
  readonly energyRe: FirstOrderMemory
  readonly energyIm: FirstOrderMemory
}

/** Where a window takes over and where it hands over, by index of its samples. */
export interface PhaseSpan {
  /** Nothing before this index counts. 0 without a memory. */
  readonly from: number
  readonly memory: PhaseMemory | null
  readonly handOver: number
}

/**
 * Follows the fundamental of `x` around the tracked pitch, then turns the phase so that marks sit where the periods'
 * energy is. `medianHz` is of the whole file's voiced pitch; without it, of these samples. Arrays begin at `span.from`.
 */
export function trackPhase(
  x: Float64Array,
  rateHz: number,
  curves: VoiceCurves,
  medianHz: number = medianVoicedHz(curves),
  span: PhaseSpan = { from: 0, memory: null, handOver: x.length },
): PhaseTrack & { readonly memory: PhaseMemory } {
  const fundamental = fundamentalPhase(x, rateHz, curves).subarray(span.from)
  if (span.memory) goOn(fundamental, span.memory.fundamental)
  const { from, handOver } = span
  const handed = fundamental[Math.min(handOver - from, fundamental.length - 1)]
  const voicing = curves.voicing.subarray(from)
  const { theta, energyRe, energyIm } = turnToEnergyCenters(
    fundamental,
    energyBand(x, rateHz, medianHz),
    voicing,
    rateHz,
    span,
  )
  const smooth = zeroPhase(butterworthLowPass(1, FREQUENCY_SMOOTHING_HZ, rateHz), theta)
  const frequency = new Float64Array(theta.length)
  const last = theta.length - 1
  for (let index = 0; index <= last; index++) {
    const left = Math.max(index - 1, 0)
    const right = Math.min(index + 1, last)
    const slope = (smooth[right] - smooth[left]) / Math.max(right - left, 1)
    const tracked = curves.f0Hz[from + index] / rateHz
    frequency[index] = Math.min(Math.max(slope, tracked * LEAST_FREQUENCY_RATIO), tracked * GREATEST_FREQUENCY_RATIO)
  }
  return { theta, frequency, memory: { fundamental: handed, energyRe, energyIm } }
}

/** Shifts a phase, in place, so that it starts at a value, whole periods apart. */
function goOn(phase: Float64Array, start: number): void {
  const shift = start - phase[0]
  const smallest = shift - Math.floor(shift)
  for (let index = 0; index < phase.length; index++) phase[index] += smallest
}

function fundamentalPhase(x: Float64Array, rateHz: number, { f0Hz, voicing }: VoiceCurves): Float64Array {
  const phase = new Float64Array(x.length)
  const re = new Float64Array(x.length)
  const im = new Float64Array(x.length)
  let periods = 0
  for (let index = 0; index < x.length; index++) {
    periods += f0Hz[index] / rateHz
    phase[index] = periods
    const angle = -2 * Math.PI * periods
    re[index] = x[index] * Math.cos(angle)
    im[index] = x[index] * Math.sin(angle)
  }
  const band = butterworthLowPass(2, FUNDAMENTAL_BAND_HZ, rateHz)
  const angle = unwrappedPeriods(zeroPhase(band, re), zeroPhase(band, im))
  let correction = 0
  for (let index = 1; index < x.length; index++) {
    if (voicing[index] > FROZEN_VOICING) correction += angle[index] - angle[index - 1]
    phase[index] += correction
  }
  return phase
}

function energyBand(x: Float64Array, rateHz: number, medianHz: number): Float64Array {
  const lowHz = Math.max(ENERGY_LOW_HZ, ENERGY_LOW_PITCHES * medianHz)
  const highHz = Math.min(ENERGY_HIGH_HZ, ENERGY_HIGH_SHARE_OF_RATE * rateHz)
  return zeroPhase(butterworthBandPass(lowHz, highHz, rateHz), x)
}

/** `fundamental` and `voicing` begin at `from`, the band at 0. */
function turnToEnergyCenters(
  fundamental: Float64Array,
  band: Float64Array,
  voicing: Float64Array,
  rateHz: number,
  { from, memory, handOver }: PhaseSpan,
) {
  const re = new Float64Array(fundamental.length)
  const im = new Float64Array(fundamental.length)
  for (let index = 0; index < fundamental.length; index++) {
    const energy = voicing[index] > VOICED ? band[from + index] * band[from + index] : 0
    const angle = 2 * Math.PI * fundamental[index]
    im[index] = energy * Math.sin(angle)
    re[index] = energy * Math.cos(angle)
  }
  const [smoothing] = butterworthLowPass(1, ENERGY_SMOOTHING_HZ, rateHz)
  const smoothRe = zeroPhaseResumed(smoothing, re, memory?.energyRe ?? null, handOver - from)
  const smoothIm = zeroPhaseResumed(smoothing, im, memory?.energyIm ?? null, handOver - from)
  const turn = unwrappedPeriods(smoothRe.output, smoothIm.output)
  const theta = fundamental.map((value, index) => value - turn[index])
  return { theta, energyRe: smoothRe.memory, energyIm: smoothIm.memory }
}

/** Angle of re + i·im in turns, without jumps of more than half a turn. */
function unwrappedPeriods(re: Float64Array, im: Float64Array): Float64Array {
  const result = new Float64Array(re.length)
  let turns = 0
  let previous = 0
  for (let index = 0; index < re.length; index++) {
    const angle = Math.atan2(im[index], re[index]) / (2 * Math.PI)
    if (index > 0) {
      const jump = angle - previous
      if (jump > 0.5) turns--
      else if (jump < -0.5) turns++
    }
    previous = angle
    result[index] = angle + turns
  }
  return result
}

function medianVoicedHz({ f0Hz, voicing }: VoiceCurves): number {
  return median(f0Hz.filter((_, index) => voicing[index] > VOICED))
}

/** Middle value; the mean of the two middle ones of an even count; 0 of none. */
export function median(values: Numbers): number {
  if (values.length === 0) return 0
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
