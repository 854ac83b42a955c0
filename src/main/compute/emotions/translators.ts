import { basename, join } from 'node:path'
import * as z from 'zod'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { PreparedEmotion } from '../../../shared/conversion/emotions/prepared-emotion.ts'
import { readWhole } from '../../files/atomic-write.ts'
import { latestModelFolder } from '../models/model-folders.ts'
import type { EmotionModel, EmotionRequest, EmotionTranslator } from './emotion-model.ts'
import { relganTranslator } from './relgan-translator.ts'
import { statisticsTranslator } from './statistics-translator.ts'

/** Every translator; of those that a model is shipped for, the first is the default. */
export const emotionTranslators: readonly EmotionTranslator[] = [statisticsTranslator, relganTranslator]

const manifestFields = z.object({ translator: z.string() })

/**
 * The model in a folder, by the translator that its manifest names.
 * Throws FailureError `checkpoint-invalid` where no translator of that name is known or the file is broken.
 */
export function openEmotionModel(folder: string): EmotionModel {
  const id = translatorOf(folder)
  const translator = emotionTranslators.find((known) => known.id === id)
  if (translator !== undefined) return translator.openModel(folder)
  const known = emotionTranslators.map((one) => `“${one.id}”`).join(', ')
  const message = `The emotion model “${basename(folder)}” is for the translator “${id}”, and this program has ${known}.`
  throw new FailureError(failure('checkpoint-invalid', message, 'Install a newer version of the program.'))
}

/** The shipped model that counts: the latest of the first translator that has one; null where none is shipped. */
export function shippedEmotionModel(modelsFolder: string): EmotionModel | null {
  for (const { id } of emotionTranslators) {
    const folder = latestModelFolder(modelsFolder, `emotion-${id}-`)
    if (folder !== null) return openEmotionModel(folder)
  }
  return null
}

/** Throws FailureError `not-found` where the model does not know the emotion, or there is no model. */
export async function prepareEmotion(
  model: EmotionModel | null,
  emotionId: string,
  request: EmotionRequest,
): Promise<PreparedEmotion> {
  if (model?.emotionIds.includes(emotionId)) return model.prepare(emotionId, request)
  const message = `There is no emotion “${emotionId}” in the emotion model: ${describe(model)}.`
  throw new FailureError(failure('not-found', message, 'Choose another emotion, or install the program anew.'))
}

const describe = (model: EmotionModel | null): string =>
  model === null ? 'none is installed' : `it knows ${model.emotionIds.join(', ')}`

function translatorOf(folder: string): string {
  const text = new TextDecoder().decode(readWhole(join(folder, 'manifest.json')))
  const parsed = manifestFields.safeParse(parseJson(text))
  if (parsed.success) return parsed.data.translator
  const message = `The manifest of the emotion model “${basename(folder)}” does not name its translator.`
  throw new FailureError(failure('checkpoint-invalid', message, 'Install the program anew.'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // told as a manifest that names nothing
  }
}
