import type { Numbers } from './numbers.ts'

/** Four-fold oversampling filter of ITU-R BS.1770-4, annex 2: phases 0 and 1; 3 and 2 are these reversed. */
const PHASE_0 = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
  -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
]
const PHASE_1 = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
]
const TAPS = PHASE_0.length

export interface TruePeakMeter {
  /** Takes the next samples, planar, all channels of equal length. */
  push(channels: readonly Numbers[]): void
  /** The highest level between or at samples so far, in dB of full scale; null of silence. */
  truePeakDb(): number | null
}

/**
 * True peak by ITU-R BS.1770-4, annex 2: the greatest magnitude of the four times oversampled sound, and of the samples
 * themselves. Streams.
 */
export function createTruePeakMeter(channelCount: number): TruePeakMeter {
  const phases = [PHASE_0, PHASE_1, [...PHASE_1].reverse(), [...PHASE_0].reverse()].map((phase) =>
    Float64Array.from(phase),
  )
  const histories = Array.from({ length: channelCount }, () => new Float64Array(TAPS - 1))
  let peak = 0

  function scan(x: Float64Array): void {
    for (let index = TAPS - 1; index < x.length; index++) {
      peak = Math.max(peak, Math.abs(x[index]))
      for (const taps of phases) {
        let sum = 0
        for (let tap = 0; tap < TAPS; tap++) sum += taps[tap] * x[index - tap]
        peak = Math.max(peak, Math.abs(sum))
      }
    }
  }
  return {
    push(channels) {
      channels.forEach((samples, channel) => {
        const x = new Float64Array(TAPS - 1 + samples.length)
        x.set(histories[channel])
        x.set(samples, TAPS - 1)
        scan(x)
        histories[channel] = x.slice(samples.length)
      })
    },
    truePeakDb: () => (peak === 0 ? null : 20 * Math.log10(peak)),
  }
}

/** True peak of a whole sound, planar channels, in dB of full scale; null of silence. What rings after its end counts. */
export function truePeakDb(channels: readonly Numbers[]): number | null {
  const meter = createTruePeakMeter(channels.length)
  meter.push(channels)
  meter.push(channels.map(() => new Float64Array(TAPS)))
  return meter.truePeakDb()
}
