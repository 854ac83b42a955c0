import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { NEUTRAL_ID } from '../../../shared/conversion/emotions/registry.ts'
import type { RelganModel } from '../../../shared/conversion/emotions/relgan/relgan-model.ts'
import { isZero } from '../../../shared/conversion/over-frames.ts'
import { translatedEmotion } from '../../../shared/conversion/emotions/translated-emotion.ts'
import { readEmotionFile } from '../../../shared/formats/emotion-file.ts'
import { readWhole } from '../../files/atomic-write.ts'
import type { EmotionTranslator } from './emotion-model.ts'

/** In a model's folder: the same bytes as an `.emotion` file. */
export const RELGAN_WEIGHTS_NAME = 'model.safetensors'

/** A trained RelGAN generator (shared/networks/relgan). */
export const relganTranslator: EmotionTranslator = {
  id: 'relgan',
  openModel(folder) {
    const model = openRelganModel(join(folder, RELGAN_WEIGHTS_NAME))
    return {
      emotionIds: model.emotions.filter((emotion) => emotion !== NEUTRAL_ID),
      async prepare(emotionId, request) {
        const nothing = { pitch: null, breath: null, shapes: null, level: null }
        if (isZero(request.intensity)) return translatedEmotion(emotionId, nothing)
        // Tensors are loaded only by who translates with them.
        const { translateRegion } = await import('./relgan-region.ts')
        return translatedEmotion(emotionId, await translateRegion(model, emotionId, request))
      },
    }
  },
}

/** Throws FailureError `file-missing`, `checkpoint-invalid`. */
export function openRelganModel(path: string): RelganModel {
  const file = readEmotionFile(readWhole(path))
  if (!file.ok) throw new FailureError(file.failure)
  if (file.value.translator !== 'relgan') {
    const message = `The emotion model “${path}” holds tables, and a network was expected.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Import the model anew.'))
  }
  const { model } = file.value
  if (model.normals.every(({ spread }) => spread.every((value) => value > 0))) return model
  const message = `The emotion model “${path}” has a coefficient that never moves.`
  throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
}
