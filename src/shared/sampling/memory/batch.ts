import { assert } from '../../base/assert.ts'
import type { KernelModule } from '../../kernels/instance.ts'
import { GROUP_SEGMENTS, PANEL_ROWS } from '../decoder.ts'
import { PITCH_UNIT } from '../integer/panels.ts'
import { activationBytesOf, conditionRowsOf, HISTORY_BYTES, type PlacedBatch } from './batch-place.ts'
import type { PlacedNetwork } from './network.ts'
import { planFields } from './plan.ts'

/** What a sampler's kernel exports. */
export interface SamplerKernel {
  condition(plan: number): void
  run(plan: number, samples: number): void
}

export function instantiateSampler(module: KernelModule, memory: WebAssembly.Memory): SamplerKernel {
  const compiled = module instanceof Uint8Array ? new WebAssembly.Module(module) : module
  // The samplers' sources export this.
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as SamplerKernel
}

/** Segments that are sung in lock-step: every one of them by itself, whatever the others are. */
export interface Batch {
  readonly segmentCount: number
  readonly heldWidth: number
  /** Whether it hears the samples around one period back, and is told how long a period is. */
  readonly hasLags: boolean
  /** From silence, with empty queues. `fixed` is the part of the condition that stays. */
  start(segment: number, fixed: Float32Array): void
  /** The part of the condition that holds for the next samples. */
  hold(segment: number, held: Float32Array): void
  /** Makes what is held count, from the next run on. */
  tell(): void
  /**
   * Of a sample of the next run: pitch 0…1, and a whole number in 0…2^32 that decides the level.
   * @param lag of a period in samples, 0 for none: `lagsOf`
   */
  setSample(segment: number, sample: number, uniform: number, pitch: number, lag?: number): void
  setTemperature(temperature: number): void
  /** Sings with the groups that hold the first `segmentCount` segments; the others rest. */
  run(sampleCount: number, segmentCount?: number): void
  /** Copies what a segment sang in the last run. */
  read(segment: number, sampleCount: number, target: Uint8Array): void
  /** Where the batch is watched: the levels of the next run, and the scores that it left, in nats. */
  force(segment: number, levels: Uint8Array): void
  scores(segment: number, sample: number): Float64Array
  /** Where it keeps peaks: of all segments until now. */
  peaks(): Float32Array
}

export function createBatch(
  kernel: SamplerKernel,
  memory: ArrayBufferLike,
  network: PlacedNetwork,
  place: PlacedBatch,
): Batch {
  const { precision, levels, heldWidth, fixedWidth, lagTaps } = network
  const hasLags = lagTaps > 0
  const { groups, mostSamples, fields } = place
  const segmentCount = GROUP_SEGMENTS * groups
  const rows = conditionRowsOf(network)
  const isInteger = precision !== 'f32'
  const floats = (at: number, length: number) => new Float32Array(memory, at, length)
  const words = (at: number, length: number) => new Uint32Array(memory, at, length)
  const base = floats(fields.conditionBase, segmentCount * rows)
  const held = floats(fields.heldValues, segmentCount * heldWidth)
  const inputs = new Int32Array(memory, fields.inputs, 2 * segmentCount)
  const pitches = floats(fields.pitch, segmentCount * mostSamples)
  const wholePitches = words(fields.pitch, segmentCount * mostSamples)
  const uniforms = words(fields.uniforms, segmentCount * mostSamples)
  const lags = words(fields.lags, hasLags ? segmentCount * mostSamples : 0)
  const sung = new Uint8Array(memory, fields.sung, segmentCount * mostSamples)
  const plan = words(place.at, planFields.length)
  const bias = new Float64Array(memory, network.conditionBias, rows)
  const fixedWeights = floats(network.conditionFixed, rows * fixedWidth)
  /** 7 bits around 64 are at rest at 64. */
  const rest = activationBytesOf(network) === 1 ? 0x40404040 : 0
  const lanesOf = (segment: number) => ({ group: Math.floor(segment / GROUP_SEGMENTS), lane: segment % GROUP_SEGMENTS })

  function emptyQueues(segment: number): void {
    const { group, lane } = lanesOf(segment)
    const words4 = (network.residual * activationBytesOf(network)) / 4
    for (const { at, bytes } of place.queues) {
      const queue = words(at, bytes / 4)
      const slotWords = words4 * GROUP_SEGMENTS * groups
      for (let slot = group * words4 * GROUP_SEGMENTS; slot < queue.length; slot += slotWords)
        for (let step = 0; step < words4; step++) queue[slot + step * GROUP_SEGMENTS + lane] = rest
    }
  }

  function setBase(segment: number, fixed: Float32Array): void {
    assert(fixed.length === fixedWidth, `${fixed.length} numbers of a condition of ${fixedWidth}`)
    const { group, lane } = lanesOf(segment)
    for (let row = 0; row < rows; row++) {
      let sum = bias[row]
      for (let column = 0; column < fixedWidth; column++) sum += fixedWeights[row * fixedWidth + column] * fixed[column]
      const panel = Math.floor(row / PANEL_ROWS)
      base[((panel * groups + group) * GROUP_SEGMENTS + lane) * PANEL_ROWS + (row % PANEL_ROWS)] = sum
    }
  }

  const batch: Batch = {
    segmentCount,
    heldWidth,
    hasLags,
    start(segment, fixed) {
      emptyQueues(segment)
      setBase(segment, fixed)
      inputs.fill(0, 2 * segment, 2 * segment + 2)
      if (hasLags) new Uint8Array(memory, fields.history + segment * HISTORY_BYTES, HISTORY_BYTES).fill(0)
    },
    hold(segment, values) {
      const { group, lane } = lanesOf(segment)
      for (let step = 0; step < heldWidth; step++)
        held[(group * heldWidth + step) * GROUP_SEGMENTS + lane] = values[step]
    },
    tell: () => kernel.condition(place.at),
    setSample(segment, sample, uniform, pitch, lag = 0) {
      const at = sample * segmentCount + segment
      uniforms[at] = uniform
      if (isInteger) wholePitches[at] = Math.round(pitch * PITCH_UNIT)
      else pitches[at] = pitch
      if (hasLags) lags[at] = lag
    },
    setTemperature(temperature) {
      const at = planFields.indexOf('sharpness')
      if (isInteger) plan[at] = Math.min(Math.round(network.sharpness / temperature), 0xffffffff)
      else floats(place.at + 4 * at, 1)[0] = 1 / temperature
    },
    run(sampleCount, busyCount = segmentCount) {
      assert(sampleCount <= mostSamples, `${sampleCount} samples in a batch of ${mostSamples}`)
      plan[planFields.indexOf('busyGroups')] = Math.ceil(busyCount / GROUP_SEGMENTS)
      kernel.run(place.at, sampleCount)
    },
    read(segment, sampleCount, target) {
      for (let sample = 0; sample < sampleCount; sample++) target[sample] = sung[sample * segmentCount + segment]
    },
    force(segment, forced) {
      const all = new Uint8Array(memory, fields.forced, segmentCount * mostSamples)
      forced.forEach((level, sample) => (all[sample * segmentCount + segment] = level))
    },
    scores(segment, sample) {
      const { group, lane } = lanesOf(segment)
      const at = fields.dump + 4 * (sample * groups + group) * GROUP_SEGMENTS * levels
      const whole = new Int32Array(memory, at, GROUP_SEGMENTS * levels)
      const real = floats(at, GROUP_SEGMENTS * levels)
      const unit = (network.sharpness / 2 ** 32) * Math.LN2
      return Float64Array.from({ length: levels }, (_, level) => {
        const index = (Math.floor(level / 4) * GROUP_SEGMENTS + lane) * 4 + (level % 4)
        return isInteger ? whole[index] * unit : real[index]
      })
    },
    peaks: () => floats(fields.peaks, network.residual * network.dilations.length + 2 * network.skip).slice(),
  }
  for (let segment = 0; segment < segmentCount; segment++) batch.start(segment, new Float32Array(fixedWidth))
  batch.setTemperature(1)
  return batch
}
