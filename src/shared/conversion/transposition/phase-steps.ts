import { zeroPhase, zeroPhaseResumed } from '../../dsp/zero-phase.ts'
import type { EnergyTurn, EnergyTurnInput, FrequencyInput, FundamentalInput } from '../../kernels/transposition.ts'

/** The tracked pitch summed, and what the demodulated fundamental turns beside it, where voiced. In periods. */
export function fundamentalPhase({ x, rateHz, f0Hz, voicing, frozenVoicing, band }: FundamentalInput): Float64Array {
  const phase = new Float64Array(x.length)
  const re = new Float64Array(x.length)
  const im = new Float64Array(x.length)
  let periods = 0
  for (let index = 0; index < x.length; index++) {
    periods += f0Hz[index] / rateHz
    phase[index] = periods
    const angle = radians(-periods)
    re[index] = x[index] * Math.cos(angle)
    im[index] = x[index] * Math.sin(angle)
  }
  const angle = unwrappedPeriods(zeroPhase(band, re), zeroPhase(band, im))
  let correction = 0
  for (let index = 1; index < x.length; index++) {
    if (voicing[index] > frozenVoicing) correction += angle[index] - angle[index - 1]
    phase[index] += correction
  }
  return phase
}

/** The phase less the direction in which the band's energy lies, slowly smoothed. */
export function turnToEnergy(input: EnergyTurnInput): EnergyTurn {
  const { fundamental, band, voicing, voiced, smoothing, memory, handOver } = input
  const re = new Float64Array(fundamental.length)
  const im = new Float64Array(fundamental.length)
  for (let index = 0; index < fundamental.length; index++) {
    const energy = voicing[index] > voiced ? band[index] * band[index] : 0
    const angle = radians(fundamental[index])
    im[index] = energy * Math.sin(angle)
    re[index] = energy * Math.cos(angle)
  }
  const smoothRe = zeroPhaseResumed(smoothing, re, memory?.energyRe ?? null, handOver)
  const smoothIm = zeroPhaseResumed(smoothing, im, memory?.energyIm ?? null, handOver)
  const turn = unwrappedPeriods(smoothRe.output, smoothIm.output)
  const theta = fundamental.map((value, index) => value - turn[index])
  return { theta, energyRe: smoothRe.memory, energyIm: smoothIm.memory }
}

/** Slope of the phase per sample, held within factors of the tracked pitch. */
export function localFrequency({ smooth, f0Hz, rateHz, leastRatio, greatestRatio }: FrequencyInput): Float64Array {
  const last = smooth.length - 1
  return smooth.map((_, index) => {
    const left = Math.max(index - 1, 0)
    const right = Math.min(index + 1, last)
    const slope = (smooth[right] - smooth[left]) / Math.max(right - left, 1)
    const tracked = f0Hz[index] / rateHz
    return Math.min(Math.max(slope, tracked * leastRatio), tracked * greatestRatio)
  })
}

/** Whole turns are taken off first, so that the angle is as exact after an hour as at the start. */
const radians = (turns: number): number => 2 * Math.PI * (turns - Math.floor(turns))

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
