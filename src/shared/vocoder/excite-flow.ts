import { invertFlow } from '../dsp/coupling-flow.ts'
import { runGatedStack } from '../dsp/gated-stack.ts'
import type { FlowJob } from '../kernels/crew.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { createFlowVocoder, type FlowVocoder } from '../networks/flow-vocoder/inference.ts'
import {
  conditionFrames,
  FEATURES,
  FRAME_SAMPLES,
  GROUPS_PER_FRAME,
  PHASE_CHANNELS,
} from '../networks/source-filter/config.ts'
import { crewOf } from '../world/index.ts'
import { conditionRows } from './condition.ts'
import { denoised, steadySpectrum } from './denoise.ts'
import type { ExciteVocoder } from './excite.ts'
import type { VocoderFeatures } from './features.ts'
import { createNoise } from './noise.ts'
import { createPitchCourse, phaseRows } from './pitch-source.ts'
import { stretchesOf, type Stretch } from './stretches.ts'
import type { VocoderModelOf } from './vocoder-model.ts'

/** Five seconds: what is heard around a stretch is then a small part of it. */
const CHUNK_FRAMES = 1000
/** Stretches that threads sing before what they sang is given on. */
const STRETCHES_AT_ONCE = 4

/** So many frames of its hum are listened to, some way from its ends: a second. */
const HUM_FRAMES = { heard: 200, before: 20 } as const

/** Noise backwards through the flow, in f32, a stretch in each thread; where asked, without the flow's own hum. */
export const exciteFlow: ExciteVocoder<'flow'> = (model, features, options) => {
  const flow = createFlowVocoder(model.config, model.parameters)
  const sound = flowSound(flow, model, features, options)
  const { denoise = 0, kernels } = options
  return denoise === 0
    ? sound
    : denoised(
        sound,
        humOf(flow, kernels).map((magnitude) => denoise * magnitude),
      )
}

/** Mean magnitudes of what a flow makes of no noise, told nothing. */
function humOf({ flow, condition }: FlowVocoder, kernels: Kernels): Float64Array {
  const { heard, before } = HUM_FRAMES
  const frames = heard + 2 * before
  const told = {
    firstFrame: 0,
    features: new Float32Array(conditionFrames(frames) * FEATURES),
    phase: new Float32Array(frames * GROUPS_PER_FRAME * PHASE_CHANNELS),
  }
  const still = new Float32Array(frames * FRAME_SAMPLES)
  const hum = invertFlow(flow, still, condition(told), kernels.gatedStack ?? runGatedStack)
  return steadySpectrum(hum.subarray(before * FRAME_SAMPLES, (before + heard) * FRAME_SAMPLES))
}

function* flowSound(
  { flow, reachFrames, condition }: FlowVocoder,
  { normal }: VocoderModelOf<'flow'>,
  features: VocoderFeatures,
  options: Parameters<ExciteVocoder<'flow'>>[2],
): Generator<Float32Array> {
  const { sampleCount, seed, noiseGain, chunkFrames = CHUNK_FRAMES, progress, kernels } = options
  const readPitch = createPitchCourse(features.f0)
  const readNoise = createNoise(seed)
  const crew = crewOf(kernels)
  const jobOf = ({ from, to }: Stretch): FlowJob => {
    const [start, count] = [from * FRAME_SAMPLES, (to - from) * FRAME_SAMPLES]
    return {
      flow,
      z: readNoise(start, count).map((sample) => noiseGain * sample),
      condition: condition({
        firstFrame: from,
        features: conditionRows(features, normal, from, to - from),
        phase: phaseRows(readPitch(start, count)),
      }),
    }
  }
  const stretches = stretchesOf(sampleCount, { chunkFrames, reachFrames }, progress)
  for (let some = taken(stretches); some.length > 0; some = taken(stretches)) {
    const sung: Float32Array[] = []
    crew.run('flow', some.map(jobOf), (sound, index) => {
      const { first, end, from } = some[index]
      sung.push(sound.subarray((first - from) * FRAME_SAMPLES, (end - from) * FRAME_SAMPLES))
    })
    yield* sung
  }
}

function taken(stretches: Iterator<Stretch>): Stretch[] {
  const some: Stretch[] = []
  while (some.length < STRETCHES_AT_ONCE) {
    const next = stretches.next()
    if (next.done === true) break
    some.push(next.value)
  }
  return some
}
