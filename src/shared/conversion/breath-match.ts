import { throwIfCancelled, type Progress } from '../base/progress.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { TranspositionSteps } from '../kernels/transposition.ts'
import { countVoiced } from './auxiliary.ts'
import { createBreathMeter, type BandRatios } from './harmonics-to-noise.ts'
import { createMovedVoice, type ShapeNoise, type VoiceMove } from './moved-voice.ts'
import { mixDown } from './sound.ts'
import type { AnalysisSpan, Survey } from './windows.ts'

/** The noise is made softer by no more than this; softer it is not heard beside the harmonics. */
const GREATEST_CUT_DB = 20
/** Nor louder: noise that loud is heard as roughness before it is heard as breath. */
const GREATEST_LIFT_DB = 12

/** A moved voice in the two parts that its sound is the sum of, both split at the new pitch. */
export interface MovedBreath {
  /** What was moved: it does not repeat from period to period wholly. */
  readonly voice: BandRatios
  /** The noise part that is added unmoved, as loud as in the source. */
  readonly noise: BandRatios
  /** Both together: what does not repeat in the one goes along with the other, so that powers alone do not add up. */
  readonly sum: BandRatios
}

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
  const [voice, noise, sum] = [createBreathMeter(rateHz), createBreathMeter(rateHz), createBreathMeter(rateHz)]
  let calls = 0
  // Of the two channels the first is moved without its noise: the noise of the second is then what they differ in.
  const silenceFirst: ShapeNoise = (part) => (calls++ % 2 === 0 ? new Float64Array(part.length) : part)
  const read = createMovedVoice(doubledSpan(span), f0, move, silenceFirst, steps)
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(window.index / windows.length, 'measuring the breath')
    const [without, whole] = read(window).map((channel) => Float64Array.from(channel))
    if (countVoiced(movedF0.subarray(window.firstFrame, window.lastFrame)) === 0) continue
    voice.add(without, movedF0, window)
    sum.add(whole, movedF0, window)
    const part = whole.map((value, index) => value - without[index])
    noise.add(part, movedF0, window)
  }
  return { voice: voice.ratios, noise: noise.ratios, sum: sum.ratios }
}

const EXACT_DB = 1e-6
/** A change of 20 dB must bring a ratio 1 dB nearer: where all is noise, it is left as it is. */
const CHANGE_COST = 0.05

/**
 * Change of the noise part, in dB per band, after which a moved voice comes nearest to a singer's harmonics-to-noise
 * ratios, within the limits.
 */
export function breathGainsDb(breath: MovedBreath, singerDb: Numbers): Float64Array {
  return Float64Array.from(singerDb, (wantedDb, band) => {
    const harmonicPower = powerOfGain(breath, band, (part) => part.harmonicPower)
    const noisePower = powerOfGain(breath, band, (part) => part.noisePower)
    const costDb = (gainDb: number): number => {
      const gain = 10 ** (gainDb / 20)
      const distanceDb = 10 * Math.log10(harmonicPower(gain) / noisePower(gain)) - wantedDb
      return Math.abs(distanceDb) + CHANGE_COST * Math.abs(gainDb)
    }
    let best = 0
    for (let gainDb = -GREATEST_CUT_DB; gainDb <= GREATEST_LIFT_DB; gainDb++)
      if (costDb(gainDb) < costDb(best)) best = gainDb
    // Between the steps the cost has one lowest place: a result that jumps would tell how the sound was cut.
    let [low, high] = [Math.max(best - 1, -GREATEST_CUT_DB), Math.min(best + 1, GREATEST_LIFT_DB)]
    while (high - low > EXACT_DB) {
      const third = (high - low) / 3
      if (costDb(low + third) < costDb(high - third)) high -= third
      else low += third
    }
    return (low + high) / 2
  })
}

/** Power of voice + gain · noise, by what is known of gains 0 and 1 and of the noise alone. */
function powerOfGain(
  { voice, noise, sum }: MovedBreath,
  band: number,
  of: (part: BandRatios) => Float64Array,
): (gain: number) => number {
  const [voicePower, noisePower, sumPower] = [voice, noise, sum].map((part) => of(part)[band])
  const shared = sumPower - voicePower - noisePower
  return (gain) => Math.max(voicePower + gain * shared + gain * gain * noisePower, 0) + POWER_FLOOR
}

/** All channels mixed, twice. */
const doubledSpan = (span: AnalysisSpan): AnalysisSpan => ({
  ...span,
  source: {
    ...span.source,
    channelCount: 2,
    read(start, count) {
      const mixed = mixDown(span.source.read(start, count))
      return [mixed, mixed]
    },
  },
})
