import { AmplitudeEnvelope } from 'tone/build/esm/component/envelope/AmplitudeEnvelope.js'
import type { BaseContext } from 'tone/build/esm/core/context/BaseContext.js'
import type { Gain } from 'tone/build/esm/core/context/Gain.js'
import { Oscillator } from 'tone/build/esm/source/oscillator/Oscillator.js'
import type { Hertz, Seconds } from '../../shared/units/time.ts'
import type { Accent } from './beats.ts'

/** The stronger the beat, the higher: G6, E6, C6. */
const CLICK_HZ: Readonly<Record<Accent, Hertz>> = { bar: 1568, group: 1319, beat: 1047 }
const CLICK_SEC = 0.03
const VOLUME_DB = -12

/** One oscillator that an envelope lets through for a click; times are given by the engine's own scheduler. */
export class Metronome {
  readonly #oscillator: Oscillator
  readonly #envelope: AmplitudeEnvelope

  constructor(context: BaseContext, output: Gain) {
    this.#oscillator = new Oscillator({ context, type: 'triangle', frequency: CLICK_HZ.beat, volume: VOLUME_DB })
    this.#envelope = new AmplitudeEnvelope({ context, attack: 0.001, decay: CLICK_SEC, sustain: 0, release: 0.005 })
    this.#oscillator.chain(this.#envelope, output)
    this.#oscillator.start(0)
  }

  click(atSec: Seconds, accent: Accent): void {
    this.#oscillator.frequency.setValueAtTime(CLICK_HZ[accent], atSec)
    this.#envelope.triggerAttackRelease(CLICK_SEC, atSec)
  }

  silence(): void {
    this.#envelope.cancel(0)
    this.#oscillator.frequency.cancelScheduledValues(0)
  }
}
