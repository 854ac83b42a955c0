import { FRAME_SAMPLES, GROUP, GROUPS_PER_FRAME, SOURCE_CHANNELS } from '../networks/source-filter/config.ts'
import { createSourceFilter, stretchReach } from '../networks/source-filter/inference.ts'
import { sourceRows } from '../networks/source-filter/source-rows.ts'
import { conditionRows } from './condition.ts'
import type { ExciteVocoder } from './excite.ts'
import { createNoise } from './noise.ts'
import { createPitchCourse, phaseRows, pulseTrain } from './pitch-source.ts'
import { stretchesOf } from './stretches.ts'

const CHUNK_FRAMES = 200

/** Pulses and noise through the network, in double precision. */
export const exciteSourceFilter: ExciteVocoder<'source-filter'> = function* (model, features, options) {
  const { config, parameters, normal } = model
  const { sampleCount, seed, noiseGain, chunkFrames = CHUNK_FRAMES, progress, kernels } = options
  const network = createSourceFilter(config, parameters, kernels.convolution)
  const readPitch = createPitchCourse(features.f0)
  const readNoise = createNoise(seed)
  const reachFrames = stretchReach(config) / GROUPS_PER_FRAME
  for (const { first, end, from, to } of stretchesOf(sampleCount, { chunkFrames, reachFrames }, progress)) {
    const [start, count] = [from * FRAME_SAMPLES, (to - from) * FRAME_SAMPLES]
    const course = readPitch(start, count)
    const source = new Float32Array((count / GROUP) * SOURCE_CHANNELS)
    sourceRows(pulseTrain(course), readNoise(start, count), source, noiseGain)
    yield network({
      source,
      phase: phaseRows(course),
      features: conditionRows(features, normal, from, to - from),
      before: (first - from) * GROUPS_PER_FRAME,
      after: (to - end) * GROUPS_PER_FRAME,
    })
  }
}
