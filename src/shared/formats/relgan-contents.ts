import * as z from 'zod'
import type { EmotionNormal } from '../conversion/emotions/relgan/emotion-normal.ts'
import type { RelganModel } from '../conversion/emotions/relgan/relgan-model.ts'
import { CEPSTRA } from '../networks/relgan/config.ts'
import { generatorShapes } from '../networks/relgan/parameters.ts'
import { EMOTION_NAME, hasTwice, MOST_EMOTIONS, type EmotionContents } from './emotion-contents.ts'
import { halves, singles } from './model-tensors.ts'
import type { RawTensor } from './safetensors.ts'

const MOST_CHANNELS = 128
/** Far beyond what a code measures, and near enough that nothing computed from it overflows. */
const plausible = { mean: [-200, 200], spread: [1e-9, 200], pitch: [0, 15] } as const

const factsSchema = z.object({
  config: z.object({
    channels: z.number().int().min(1).max(MOST_CHANNELS),
    emotions: z.number().int().min(3).max(MOST_EMOTIONS),
  }),
  emotions: z.array(z.string().regex(EMOTION_NAME)).min(3).max(MOST_EMOTIONS),
  edgeHz: z.number().min(2000).max(11_025),
})

/** A trained generator: weights in half precision, and what is normal for each emotion. */
export const relganContents: EmotionContents<RelganModel> = {
  write({ config, parameters, emotions, normals, edgeHz }) {
    const tensors = new Map<string, RawTensor>()
    for (const [name, { shape, values }] of parameters) tensors.set(`parameters/${name}`, halves(values, shape))
    emotions.forEach((emotion, index) => {
      const { mean, spread, logF0Mean, logF0Spread } = normals[index]
      tensors.set(`normals/${emotion}/mean`, singles(mean))
      tensors.set(`normals/${emotion}/spread`, singles(spread))
      tensors.set(`normals/${emotion}/pitch`, singles(Float32Array.of(logF0Mean, logF0Spread)))
    })
    return { facts: { config, emotions, edgeHz }, tensors }
  },
  read(told, reader) {
    const facts = factsSchema.safeParse(told).data
    if (facts === undefined || facts.emotions.length !== facts.config.emotions || hasTwice(facts.emotions)) return null
    const parameters = new Map<string, { readonly shape: readonly number[]; readonly values: Float32Array }>()
    for (const [name, shape] of generatorShapes(facts.config))
      parameters.set(name, { shape, values: reader.halves(`parameters/${name}`, shape) })
    const normals = facts.emotions.map((emotion): EmotionNormal => {
      const [logF0Mean, logF0Spread] = reader.singles(`normals/${emotion}/pitch`, [2], plausible.pitch)
      return {
        mean: reader.singles(`normals/${emotion}/mean`, [CEPSTRA], plausible.mean),
        spread: reader.singles(`normals/${emotion}/spread`, [CEPSTRA], plausible.spread),
        logF0Mean,
        logF0Spread,
      }
    })
    return { model: { ...facts, parameters, normals }, tensorCount: parameters.size + 3 * normals.length }
  },
}
