import type { EmotionTrainRequest } from '../../../shared/contract/emotions.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { learnStatisticsTables } from './learn-statistics-tables.ts'

/** Learns an emotion model from labeled clips, by the method that was asked for. */
export async function trainEmotions(request: EmotionTrainRequest, context: TaskContext): Promise<TaskEnd> {
  if (request.method === 'statistics') return learnStatisticsTables(request, context)
  // Tensors are loaded only by who learns with them.
  const { learnRelgan } = await import('./learn-relgan.ts')
  return learnRelgan(request, context)
}
