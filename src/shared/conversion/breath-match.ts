import { throwIfCancelled, type Progress } from '../base/progress.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { TranspositionSteps } from '../kernels/transposition.ts'
import { countVoiced } from './auxiliary.ts'
import { createBreathMeter, type BandRatios } from './harmonics-to-noise.ts'
import { createMovedVoice, type ShapeNoise, type VoiceMove } from './moved-voice.ts'
import { mixDown } from './sound.ts'
import type { AnalysisSpan, Survey } from './windows.ts'

/** What does not repeat is made softer by no more than this; softer it is not heard beside the harmonics. */
const GREATEST_CUT_DB = 20
/** Nor louder, band by band: noise that loud is heard as roughness before it is heard as breath, under 1 kHz soonest. */
const GREATEST_LIFT_DB = [16, 24, 24, 24, 24]

/** A moved voice and the parts that its sound is the sum of, all split at the new pitch. */
export interface MovedBreath {
  /** What was moved, without what does not repeat in it: twice split, a little is left. */
  readonly even: BandRatios
  /** What was moved, as it is. */
  readonly voice: BandRatios
  /** The noise part that is added unmoved, as loud as in the source. */
  readonly noise: BandRatios
  /** The noise part and what does not repeat of what was moved. */
  readonly rest: BandRatios
  /** All together: what does not repeat in the one goes along with the other, so that powers alone do not add up. */
  readonly sum: BandRatios
}

const CHANNELS = 3

/** Keeps ratios of silence finite. */
const POWER_FLOOR = 1e-12

/** What is moved, and where to: Hz per 5 ms frame of the span before and after, 0 unvoiced. */
export interface MeasuredMove {
  readonly f0: Float32Array
  readonly movedF0: Numbers
  readonly move: VoiceMove
}

/** Moves a span's voice as it will be moved and measures what comes of it, all channels mixed. */
export function measureMovedBreath(
  span: AnalysisSpan,
  { windows }: Survey,
  { f0, movedF0, move }: MeasuredMove,
  steps: TranspositionSteps | undefined,
  progress: Progress,
): MovedBreath {
  const { rateHz } = span.source
  const [even, voice, noise, rest, sum] = Array.from({ length: 5 }, () => createBreathMeter(rateHz))
  let calls = 0
  // Of three channels with the same sound the first is moved without what is uneven in it, the first two without noise.
  const keepUneven = (part: Float64Array) => (calls % CHANNELS === 0 ? new Float64Array(part.length) : part)
  const keepNoise: ShapeNoise = (part) => (calls++ % CHANNELS < 2 ? new Float64Array(part.length) : part)
  const parted: VoiceMove = { ...move, unevenness: { f0: movedF0, shape: keepUneven } }
  const read = createMovedVoice(repeatedSpan(span), f0, parted, keepNoise, steps)
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(window.index / windows.length, 'measuring the breath')
    const [first, second, whole] = read(window).map((channel) => Float64Array.from(channel))
    if (countVoiced(movedF0.subarray(window.firstFrame, window.lastFrame)) === 0) continue
    even.add(first, movedF0, window)
    voice.add(second, movedF0, window)
    sum.add(whole, movedF0, window)
    noise.add(difference(whole, second), movedF0, window)
    rest.add(difference(whole, first), movedF0, window)
  }
  return { even: even.ratios, voice: voice.ratios, noise: noise.ratios, rest: rest.ratios, sum: sum.ratios }
}

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, index) => value - b[index])

const EXACT_DB = 1e-6
/** A change of 20 dB must bring a ratio 1 dB nearer: where all is noise, it is left as it is. */
const CHANGE_COST = 0.05

/**
 * Change in dB per band after which a moved voice comes nearest to a singer's harmonics-to-noise ratios, within the
 * limits: of the noise part, and where it is made softer, of what is uneven in the moved voice, too. That is never made
 * louder: at glides it is a tone beside the pitch.
 */
export function breathGainsDb(breath: MovedBreath, singerDb: Numbers): Float64Array {
  return Float64Array.from(singerDb, (wantedDb, band) => {
    const greatestLiftDb = GREATEST_LIFT_DB[band]
    const harmonicPower = powerOfGain(breath, band, (part) => part.harmonicPower)
    const noisePower = powerOfGain(breath, band, (part) => part.noisePower)
    const costDb = (gainDb: number): number => {
      const gain = 10 ** (gainDb / 20)
      const distanceDb = 10 * Math.log10(harmonicPower(gain) / noisePower(gain)) - wantedDb
      return Math.abs(distanceDb) + CHANGE_COST * Math.abs(gainDb)
    }
    let best = 0
    for (let gainDb = -GREATEST_CUT_DB; gainDb <= greatestLiftDb; gainDb++)
      if (costDb(gainDb) < costDb(best)) best = gainDb
    // Between the steps the cost has one lowest place: a result that jumps would tell how the sound was cut.
    let [low, high] = [Math.max(best - 1, -GREATEST_CUT_DB), Math.min(best + 1, greatestLiftDb)]
    while (high - low > EXACT_DB) {
      const third = (high - low) / 3
      if (costDb(low + third) < costDb(high - third)) high -= third
      else low += third
    }
    return (low + high) / 2
  })
}

/**
 * Power of even + gain · rest up to gain 1, of voice + gain · noise over it, by what is known of gains 0 and 1 and of
 * what is changed alone.
 */
function powerOfGain(
  { even, voice, noise, rest, sum }: MovedBreath,
  band: number,
  of: (part: BandRatios) => Float64Array,
): (gain: number) => number {
  const whole = of(sum)[band]
  const powerBetween = (kept: number, changed: number) => (gain: number) =>
    Math.max(kept + gain * (whole - kept - changed) + gain * gain * changed, 0) + POWER_FLOOR
  const softer = powerBetween(of(even)[band], of(rest)[band])
  const louder = powerBetween(of(voice)[band], of(noise)[band])
  return (gain) => (gain < 1 ? softer(gain) : louder(gain))
}

/** All channels mixed, thrice. */
const repeatedSpan = (span: AnalysisSpan): AnalysisSpan => ({
  ...span,
  source: {
    ...span.source,
    channelCount: CHANNELS,
    read(start, count) {
      const mixed = mixDown(span.source.read(start, count))
      return [mixed, mixed, mixed]
    },
  },
})
