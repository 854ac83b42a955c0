import { AmplitudeEnvelope } from 'tone/build/esm/component/envelope/AmplitudeEnvelope.js'
import type { BaseContext } from 'tone/build/esm/core/context/BaseContext.js'
import type { Gain } from 'tone/build/esm/core/context/Gain.js'
import { Oscillator } from 'tone/build/esm/source/oscillator/Oscillator.js'
import type { Seconds } from '../../shared/units/time.ts'

const BAR_HZ = 1568
const BEAT_HZ = 1047
const CLICK_SEC = 0.03
const VOLUME_DB = -12

/** One oscillator that an envelope lets through for a click; times are given by the engine's own scheduler. */
export class Metronome {
  readonly #oscillator: Oscillator
  readonly #envelope: AmplitudeEnvelope

  constructor(context: BaseContext, output: Gain) {
    this.#oscillator = new Oscillator({ context, type: 'triangle', frequency: BEAT_HZ, volume: VOLUME_DB })
    this.#envelope = new AmplitudeEnvelope({ context, attack: 0.001, decay: CLICK_SEC, sustain: 0, release: 0.005 })
    this.#oscillator.chain(this.#envelope, output)
    this.#oscillator.start(0)
  }

  click(atSec: Seconds, isBar: boolean): void {
    this.#oscillator.frequency.setValueAtTime(isBar ? BAR_HZ : BEAT_HZ, atSec)
    this.#envelope.triggerAttackRelease(CLICK_SEC, atSec)
  }

  silence(): void {
    this.#envelope.cancel(0)
    this.#oscillator.frequency.cancelScheduledValues(0)
  }
}
