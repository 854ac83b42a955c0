import * as float from './float-parts'
import * as integer from './integer-parts'
import { Format, groupBytes, Layer, layerOf, Plan, Queue, queueOf, stepsOf } from './plan'
import { accumulate, accumulateGroups, GROUP_SUMS } from './tile'

/** `samples` samples of every segment. @param T what the layers' activations are made of */
export function sing<T>(at: usize, samples: usize): void {
  const plan = changetype<Plan>(at)
  for (let sample: usize = 0; sample < samples; sample++) {
    open<T>(plan, sample)
    const pitch: usize = plan.hasPitch ? plan.pitch + sample * plan.groups * 16 : 0
    for (let layer: usize = 0; layer < plan.layers; layer++) {
      const queue = queueOf(plan, layer)
      const next = queue.slot + 1
      const oldest: usize = next == queue.slots ? 0 : next
      gate<T>(plan, layer, queue.slot, oldest, pitch)
      mix<T>(plan, layerOf(plan, layer))
      queue.slot = oldest
      if (layer + 1 < plan.layers) enqueue<T>(plan, layer + 1)
    }
    close<T>(plan, pitch)
    for (let segment: usize = 0; segment < plan.busyGroups * 4; segment++) choose<T>(plan, sample, segment)
    if (plan.dump) keepScores(plan, sample)
    plan.now++
  }
}

/** The condition that holds for a frame: rows in panels of 8, of every layer's gates and then of the head. */
export function tell<T>(at: usize): void {
  const plan = changetype<Plan>(at)
  const gatePanels = plan.residual >> 2
  const panels = plan.layers * gatePanels + (plan.skip >> 3)
  const heldBytes = plan.heldSteps << 4
  const panelBytes = plan.heldSteps << 5
  for (let panel: usize = 0; panel < panels; panel++) {
    const weights = plan.held + panel * panelBytes
    for (let group: usize = 0; group < plan.groups; group++) {
      const place = (panel * plan.groups + group) << 7
      const sums = plan.condition + place
      accumulate<f32>(weights, plan.conditionBase + place, plan.heldValues + group * heldBytes, 0, plan.heldSteps, sums)
      if (isInteger<T>()) {
        const limit = load<f32>(plan.conditionLimits + (panel << 2))
        integer.roundSums(sums, plan.conditionScales + (panel << 5), limit)
      }
    }
  }
}

/** From the last two inputs to the residual stream and the first skips: both convolutions are one. */
function open<T>(plan: Plan, sample: usize): void {
  for (let segment: usize = 0; segment < plan.busyGroups * 4; segment++) {
    const inputs = plan.inputs + segment * 8
    const older = load<i32>(inputs)
    const newer = load<i32>(inputs, 4)
    const inGroup = (segment & 3) << 4
    const stream = plan.stream + (segment >> 2) * groupBytes(plan.residual) + inGroup
    const skips = plan.skips + (segment >> 2) * groupBytes(plan.skip) + inGroup
    if (isFloat<T>()) {
      float.storeFirst(plan.first, plan.residual, older, newer, stream)
      float.storeFirst(plan.firstSkip, plan.skip, older, newer, skips)
    } else {
      integer.storeFirst(plan.first, plan.residual, <i32>plan.firstShift, older, newer, stream)
      integer.storeFirst(plan.firstSkip, plan.skip, <i32>plan.firstSkipShift, older, newer, skips)
    }
    if (plan.lagTaps) addLags<T>(plan, sample, segment, stream, skips)
  }
  enqueue<T>(plan, 0)
}

/** The samples around one period back, where there is a period, into both streams: half of the taps lie before it. */
function addLags<T>(plan: Plan, sample: usize, segment: usize, stream: usize, skips: usize): void {
  const lag: usize = load<u32>(plan.lags + ((sample * plan.groups * 4 + segment) << 2))
  if (lag == 0) return
  const history = plan.history + segment * ((plan.historyMask + 1) << 1)
  const from = plan.now - lag - (plan.lagTaps >> 1)
  for (let tap: usize = 0; tap < plan.lagTaps; tap++)
    store<i32>(plan.heardLags + (tap << 2), load<i16>(history + (((from + tap) & plan.historyMask) << 1)))
  if (isFloat<T>()) {
    float.addLags(plan.toStream, plan.residual, plan.heardLags, plan.lagTaps, stream)
    float.addLags(plan.toSkips, plan.skip, plan.heardLags, plan.lagTaps, skips)
  } else {
    integer.addLags(plan.toStream, plan.residual, <i32>plan.toStreamShift, plan.heardLags, plan.lagTaps, stream)
    integer.addLags(plan.toSkips, plan.skip, <i32>plan.toSkipsShift, plan.heardLags, plan.lagTaps, skips)
  }
}

/** The residual stream into the queue of the layer that hears it. */
function enqueue<T>(plan: Plan, layer: usize): void {
  const queue = queueOf(plan, layer)
  const bytes = stepsOf<T>(plan.residual) << 4
  for (let group: usize = 0; group < plan.busyGroups; group++) {
    const stream = plan.stream + group * groupBytes(plan.residual)
    const at = queue.at + (queue.slot * plan.groups + group) * bytes
    if (isFloat<T>()) {
      float.storeActivations(stream, plan.residual, at, false)
      if (plan.peaks) float.keepPeaks(stream, plan.residual, plan.peaks + layer * plan.residual * 4)
    } else {
      const format = changetype<Format>(layerOf(plan, layer).format)
      integer.storeActivations<T>(stream, plan.residual, format, at, false)
    }
  }
}

function gate<T>(plan: Plan, layer: usize, slot: usize, oldest: usize, pitch: usize): void {
  const own = layerOf(plan, layer)
  const queue = queueOf(plan, layer)
  const steps = stepsOf<T>(plan.residual)
  const bytes = steps << 4
  const panels = plan.residual >> 2
  let weights: usize = own.gate
  let condition: usize = plan.condition + layer * panels * plan.groups * 128
  for (let panel: usize = 0; panel < panels; panel++) {
    const pitchWeights: usize = pitch ? own.pitch + panel * 32 : 0
    const past = queue.at + oldest * plan.groups * bytes
    const now = queue.at + slot * plan.groups * bytes
    accumulateGroups<T>(weights, condition, GROUP_SUMS, past, now, bytes, steps, plan.sums, plan.busyGroups)
    for (let group: usize = 0; group < plan.busyGroups; group++) {
      const sums = plan.sums + group * GROUP_SUMS
      const at = plan.gated + group * bytes + panel * (sizeof<T>() << 4)
      const groupPitch = pitch + group * 16
      if (isFloat<T>()) {
        float.storeGates(sums, pitchWeights, groupPitch, at)
      } else {
        const multipliers = own.gateMultipliers + panel * 32
        const shift = load<i32>(own.gateShifts + panel * 4)
        integer.storeGates<T>(sums, pitchWeights, groupPitch, multipliers, shift, plan.tangent, at)
      }
    }
    condition += plan.groups * GROUP_SUMS
    weights += steps << 6
  }
}

/** Gated outputs into the residual stream and the skips. */
function mix<T>(plan: Plan, own: Layer): void {
  const steps = stepsOf<T>(plan.residual)
  let weights: usize = own.mix
  const rows = plan.residual + plan.skip
  for (let row: usize = 0; row < rows; row += 8) {
    const bias = own.mixBias + row * 16
    accumulateGroups<T>(weights, bias, 0, plan.gated, 0, steps << 4, steps, plan.sums, plan.busyGroups)
    for (let group: usize = 0; group < plan.busyGroups; group++) {
      const sums = plan.sums + group * GROUP_SUMS
      const isSkip = row >= plan.residual
      const stream = isSkip
        ? plan.skips + group * groupBytes(plan.skip) + (row - plan.residual) * 16
        : plan.stream + group * groupBytes(plan.residual) + row * 16
      if (isFloat<T>()) {
        float.addSums(sums, stream)
      } else {
        integer.addSums<T>(sums, own.mixMultipliers + row * 4, load<i32>(own.mixShifts + (row >> 1)), stream)
      }
    }
    weights += steps << 5
  }
}

/** Skips to scores; integers have 16 bits here whatever the layers have. */
function close<T>(plan: Plan, pitch: usize): void {
  const steps = plan.headSteps
  const skipPeaks = plan.peaks + plan.layers * plan.residual * 4
  const condition = plan.condition + plan.layers * (plan.residual >> 2) * plan.groups * 128
  for (let group: usize = 0; group < plan.busyGroups; group++) {
    const skips = plan.skips + group * groupBytes(plan.skip)
    if (isFloat<T>()) {
      if (plan.peaks) float.keepPeaks(skips, plan.skip, skipPeaks)
      float.storeActivations(skips, plan.skip, plan.hidden, true)
    } else {
      integer.storeActivations<i16>(skips, plan.skip, changetype<Format>(plan.headFormat), plan.hidden, true)
    }
    for (let row: usize = 0; row < plan.skip; row += 8) {
      const from = condition + ((row >> 3) * plan.groups + group) * 128
      const shift = load<i32>(plan.headShifts + (row >> 1))
      const pitchWeights: usize = pitch ? plan.headPitch + row * 4 : 0
      const groupPitch = pitch + group * 16
      accumulateHead<T>(plan, plan.head + row * steps * 4, from, pitchWeights, groupPitch, shift, skips + row * 16)
    }
    if (isFloat<T>()) {
      if (plan.peaks) float.keepPeaks(skips, plan.skip, skipPeaks + plan.skip * 4)
      float.storeActivations(skips, plan.skip, plan.hidden, true)
    } else {
      integer.storeActivations<i16>(skips, plan.skip, changetype<Format>(plan.logitsFormat), plan.hidden, true)
    }
    const scores = plan.scores + group * groupBytes(plan.levels)
    for (let row: usize = 0; row < plan.levels; row += 8) {
      const shift = load<i32>(plan.logitsShifts + (row >> 1))
      accumulateHead<T>(plan, plan.logits + row * steps * 4, plan.logitsBias + row * 16, 0, 0, shift, scores + row * 16)
    }
  }
}

/** 8 rows of sums in place of what was there. */
function accumulateHead<T>(
  plan: Plan,
  weights: usize,
  from: usize,
  pitchWeights: usize,
  pitch: usize,
  shift: i32,
  to: usize,
): void {
  memory.fill(to, 0, 128)
  if (isFloat<T>()) {
    accumulate<f32>(weights, from, plan.hidden, 0, plan.headSteps, plan.sums)
    if (pitchWeights) float.addPitch(plan.sums, pitchWeights, pitch)
    float.addSums(plan.sums, to)
  } else {
    accumulate<i16>(weights, from, plan.hidden, 0, plan.headSteps, plan.sums)
    if (pitchWeights) integer.addPitch(plan.sums, pitchWeights, pitch)
    integer.addSums<i16>(plan.sums, 0, shift, to)
  }
}

function choose<T>(plan: Plan, sample: usize, segment: usize): void {
  const place = sample * plan.groups * 4 + segment
  const scores = plan.scores + (segment >> 2) * groupBytes(plan.levels) + ((segment & 3) << 4)
  const uniform = load<u32>(plan.uniforms + place * 4)
  const drawn = isFloat<T>()
    ? float.draw(scores, plan.levels, reinterpret<f32>(<u32>plan.sharpness), uniform, plan.weightsOfLevels)
    : integer.draw(scores, plan.levels, <u32>plan.sharpness, uniform, plan.powers, plan.weightsOfLevels)
  const level = plan.forced ? <i32>load<u8>(plan.forced + place) : drawn
  store<u8>(plan.sung + place, <u8>level)
  const inputs = plan.inputs + segment * 8
  store<i32>(inputs, load<i32>(inputs, 4))
  const input = 2 * level - (<i32>plan.levels - 1)
  store<i32>(inputs, input, 4)
  if (plan.lagTaps) {
    const history = plan.history + segment * ((plan.historyMask + 1) << 1)
    store<i16>(history + ((plan.now & plan.historyMask) << 1), <i16>input)
  }
}

function keepScores(plan: Plan, sample: usize): void {
  const bytes = plan.groups * groupBytes(plan.levels)
  memory.copy(plan.dump + sample * bytes, plan.scores, bytes)
}
