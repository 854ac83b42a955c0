import { createRandom } from '../../src/shared/base/random.ts'
import { conditionWidth, heldWidth } from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { sampleDecoder } from '../../src/shared/networks/wavenet-autoencoder/sample.ts'
import type { SegmentsToSing } from '../../src/shared/training/wavenet-autoencoder/translations.ts'

/** Sings segments one sample at a time, in plain arithmetic: the twin of the samplers. */
export function singPlainly(order: SegmentsToSing): Promise<Uint8Array> {
  const { config, parameters, segmentFrames, held, pitch, lags, rows, seed, temperature } = order
  const { hop, singer } = config
  const heldColumns = heldWidth(config)
  const width = conditionWidth(config)
  const sung: number[] = []
  let from = 0
  segmentFrames.forEach((frames, segment) => {
    const sampleCount = frames * hop
    const condition = Float32Array.from({ length: sampleCount * width }, (_, index) => {
      const [sample, channel] = [Math.floor(index / width), index % width]
      if (channel < heldColumns) return held[(from + Math.floor(sample / hop)) * heldColumns + channel]
      if (channel < heldColumns + singer) return rows[segment * singer + channel - heldColumns]
      return pitch?.[from * hop + sample] ?? 0
    })
    const random = createRandom(seed + segment)
    const uniforms = Float64Array.from({ length: sampleCount }, () => random.uniform())
    const request = { condition, sampleCount, uniforms, temperature }
    const own = lags && { lags: lags.subarray(from * hop, from * hop + sampleCount) }
    for (const level of sampleDecoder(parameters, config, { ...request, ...own })) sung.push(level)
    from += frames
  })
  return Promise.resolve(Uint8Array.from(sung))
}
