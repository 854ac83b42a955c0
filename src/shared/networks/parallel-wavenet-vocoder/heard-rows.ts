import { INPUT_GAIN, teacherForced, type SamplePitch } from '../wavenet-vocoder/inputs.ts'
import { FLOW_INPUTS } from './config.ts'

/**
 * What a flow hears of one stretch: what a WaveNet vocoder would of the same samples, and the pulse at each.
 * @param samples [samples] that the flow before made
 * @param pulses [samples]
 * @returns [samples × 24]
 */
export function heardRows(samples: Float32Array, pitch: SamplePitch, pulses: Float32Array): Float32Array {
  const rows = teacherForced(samples, pitch, samples.length, FLOW_INPUTS)
  pulses.forEach((pulse, at) => (rows[(at + 1) * FLOW_INPUTS - 1] = INPUT_GAIN * pulse))
  return rows
}
