import type { FlowJob } from '../kernels/crew.ts'
import { createFlowVocoder } from '../networks/flow-vocoder/inference.ts'
import { FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import { crewOf } from '../world/index.ts'
import { conditionRows } from './condition.ts'
import type { ExciteVocoder } from './excite.ts'
import { createNoise } from './noise.ts'
import { createPitchCourse, phaseRows } from './pitch-source.ts'
import { stretchesOf, type Stretch } from './stretches.ts'

/** Five seconds: what is heard around a stretch is then a small part of it. */
const CHUNK_FRAMES = 1000
/** Stretches that threads sing before what they sang is given on. */
const STRETCHES_AT_ONCE = 4

/** Noise backwards through the flow, in f32, a stretch in each thread. */
export const exciteFlow: ExciteVocoder<'flow'> = function* (model, features, options) {
  const { config, parameters, normal } = model
  const { sampleCount, seed, noiseGain, chunkFrames = CHUNK_FRAMES, progress, kernels } = options
  const { flow, reachFrames, condition } = createFlowVocoder(config, parameters)
  const readPitch = createPitchCourse(features.f0)
  const readNoise = createNoise(seed)
  const crew = crewOf(kernels)
  const jobOf = ({ from, to }: Stretch): FlowJob => {
    const [start, count] = [from * FRAME_SAMPLES, (to - from) * FRAME_SAMPLES]
    return {
      flow,
      z: readNoise(start, count).map((sample) => noiseGain * sample),
      condition: condition({
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
