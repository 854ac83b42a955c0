import { Analyser } from 'tone/build/esm/component/analysis/Analyser.js'
import type { BaseContext } from 'tone/build/esm/core/context/BaseContext.js'
import { Gain } from 'tone/build/esm/core/context/Gain.js'
import { truePeakDb } from '../../shared/dsp/true-peak.ts'
import { dbToGain, type Decibels } from '../../shared/units/level.ts'
import type { Seconds } from '../../shared/units/time.ts'
import type { Strip } from './arrangement.ts'
import { peakDb } from './meter.ts'
import { Metronome } from './metronome.ts'
import { createStrip, type StripNodes } from './strips.ts'

/** Holds what sounded since the last reading as long as no frame of the window takes longer than 150 ms. */
const METER_SAMPLES = 8192
/** Read twice, so that no peak falls between two readings: the clock may be a few blocks off. */
const OVERLAP_SAMPLES = 512
const GLIDE_SEC = 0.01

/** What left the master since the reading before. */
export interface MasterReading {
  /** Left and right. */
  readonly peaksDb: readonly [Decibels, Decibels]
  /** Between the samples too (ITU-R BS.1770-4). */
  readonly truePeakDb: Decibels
}

/** Strips into one master with its own meter. */
export class Mixer {
  readonly metronome: Metronome
  readonly #context: BaseContext
  readonly #master: Gain
  readonly #meter: Analyser<2>
  #readUntilSec: Seconds = 0
  readonly #strips = new Map<string, { nodes: StripNodes; strip: Strip }>()

  constructor(context: BaseContext) {
    this.#context = context
    this.#master = new Gain({ context, gain: 1 })
    this.#meter = new Analyser({ context, type: 'waveform', size: METER_SAMPLES, channels: 2 })
    this.#master.connect(context.rawContext.destination)
    this.#master.connect(this.#meter)
    this.metronome = new Metronome(context, this.#master)
  }

  setStrips(strips: readonly Strip[]): void {
    const kept = new Set(strips.map((strip) => strip.id))
    for (const [id, { nodes }] of this.#strips) {
      if (kept.has(id)) continue
      nodes.dispose()
      this.#strips.delete(id)
    }
    for (const strip of strips) this.#setStrip(strip)
  }

  inputOf(stripId: string): AudioNode {
    const strip = this.#strips.get(stripId)
    if (!strip) throw new Error(`The mixer has no strip "${stripId}".`)
    return strip.nodes.input
  }

  setMasterGainDb(db: Decibels): void {
    this.#master.gain.rampTo(dbToGain(db), GLIDE_SEC)
  }

  stripPeakDb(stripId: string): Decibels {
    return this.#strips.get(stripId)?.nodes.readPeakDb() ?? -Infinity
  }

  readMaster(): MasterReading {
    const nowSec = this.#context.rawContext.currentTime
    const fresh = Math.round((nowSec - this.#readUntilSec) * this.#context.rawContext.sampleRate)
    this.#readUntilSec = nowSec
    const count = Math.min(METER_SAMPLES, Math.max(0, fresh) + OVERLAP_SAMPLES)
    const [left, right] = this.#meter.getValue().map((samples) => samples.subarray(METER_SAMPLES - count))
    return { peaksDb: [peakDb(left), peakDb(right)], truePeakDb: truePeakDb([left, right]) ?? -Infinity }
  }

  #setStrip(strip: Strip): void {
    const known = this.#strips.get(strip.id)
    if (!known) {
      this.#strips.set(strip.id, { nodes: createStrip(this.#context, strip, this.#master), strip })
    } else if (known.strip !== strip) {
      known.nodes.set(strip)
      known.strip = strip
    }
  }
}
