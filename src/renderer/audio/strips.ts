import { Analyser } from 'tone/build/esm/component/analysis/Analyser.js'
import { Panner } from 'tone/build/esm/component/channel/Panner.js'
import { Gain } from 'tone/build/esm/core/context/Gain.js'
import type { BaseContext } from 'tone/build/esm/core/context/BaseContext.js'
import { dbToGain } from '../../shared/units/level.ts'
import type { Strip } from './arrangement.ts'
import { peakDb } from './meter.ts'

/** A channel: gain, place, and a meter beside the audible path. */
export interface StripNodes {
  readonly input: AudioNode
  set(strip: Strip): void
  /** Largest sample since about a frame ago, in decibels. */
  readPeakDb(): number
  dispose(): void
}

/** Gain and silence glide this long, so that a slider does not crackle. */
const GLIDE_SEC = 0.01
/** A little more than a frame of a 60 Hz screen at 48 kHz. */
const METER_SAMPLES = 1024

export function createStrip(context: BaseContext, strip: Strip, output: Gain): StripNodes {
  const gain = new Gain({ context, gain: audibleGain(strip) })
  const panner = new Panner({ context, pan: strip.pan, channelCount: 2 })
  const analyser = new Analyser({ context, type: 'waveform', size: METER_SAMPLES })
  gain.chain(panner, output)
  panner.connect(analyser)
  return {
    input: gain.input,
    set(next) {
      gain.gain.rampTo(audibleGain(next), GLIDE_SEC)
      panner.pan.rampTo(next.pan, GLIDE_SEC)
    },
    readPeakDb: () => peakDb(analyser.getValue()),
    dispose() {
      gain.dispose()
      panner.dispose()
      analyser.dispose()
    },
  }
}

const audibleGain = (strip: Strip): number => (strip.isSilent ? 0 : dbToGain(strip.gainDb))
