import { failure, FailureError } from '../../shared/base/errors.ts'
import type { TrainedEmotions } from '../../shared/contract/emotions.ts'
import { ownEmotionId } from '../../shared/project/own-emotion.ts'
import type { EmotionRequest } from '../../shared/project/performance.ts'
import type { Application } from '../application.ts'
import { request } from './request.ts'

/** By name or id, in whatever case. Throws FailureError `not-found`. */
export async function findEmotionModel(application: Application, name: string): Promise<TrainedEmotions> {
  const models = await request(application, 'emotion:list', {})
  const wanted = name.trim().toLowerCase()
  const found = models.find((model) => model.id === wanted || model.name.toLowerCase() === wanted)
  if (found !== undefined) return found
  const known = models.map((model) => model.name).join(', ')
  throw new FailureError(
    failure(
      'not-found',
      `There is no emotion model “${name}”.`,
      known === '' ? 'Train one with "understudy emotion train".' : `Models here: ${known}.`,
    ),
  )
}

/** "Mira's moods/happy" as the library knows it; an emotion that comes with the program stays as it is. */
export async function findEmotion(application: Application, asked: EmotionRequest): Promise<EmotionRequest> {
  const slash = asked.emotionId.lastIndexOf('/')
  if (slash < 0) return asked
  const model = await findEmotionModel(application, asked.emotionId.slice(0, slash))
  const emotion = asked.emotionId.slice(slash + 1)
  if (model.emotions.includes(emotion)) return { ...asked, emotionId: ownEmotionId({ modelId: model.id, emotion }) }
  const message = `“${model.name}” does not know the emotion “${emotion}”.`
  throw new FailureError(failure('not-found', message, `It knows ${model.emotions.join(', ')}.`))
}
