import { join } from 'node:path'
import { subProgress, type Progress } from '../../shared/base/progress.ts'
import type { SourceId } from '../../shared/base/id.ts'
import type { LearningSinger, TrainRequest } from '../../shared/contract/compute.ts'
import {
  portableTraining,
  type PortableTraining,
  type PortableTrainingState,
} from '../../shared/contract/portable-training.ts'
import type { ContentStore } from './store/content-store.ts'

/** Everybody who is learned in it, the one it is named after first. */
export const learnersOf = (request: TrainRequest): readonly LearningSinger[] => [request, ...(request.beside ?? [])]

/** Sends everything that a training takes, and says what was sent. */
export async function sendTraining(
  request: TrainRequest,
  begun: PortableTrainingState | null,
  contents: ContentStore,
  progress: Progress,
): Promise<PortableTraining> {
  const learners = learnersOf(request)
  const singers: PortableTraining['singers'] = []
  for (const [index, learner] of learners.entries()) {
    const own = subProgress(progress, index / learners.length, (index + 1) / learners.length)
    singers.push(await sendSinger(learner, contents, own))
  }
  const { software, createdAtMs, preset, method, published, plan, size, waveform, seed } = request
  return portableTraining.parse({
    kind: 'train',
    singers,
    ...(software === undefined ? {} : { software }),
    createdAtMs,
    preset,
    ...(method === undefined ? {} : { method }),
    ...(published === undefined ? {} : { published }),
    ...(plan === undefined ? {} : { plan }),
    size,
    ...(waveform === undefined ? {} : { waveform }),
    seed,
    begun,
  } satisfies PortableTraining)
}

async function sendSinger(
  { clips, name, consent, licence, owner }: LearningSinger,
  contents: ContentStore,
  progress: Progress,
): Promise<PortableTraining['singers'][number]> {
  const sent: PortableTraining['singers'][number]['clips'] = []
  for (const [index, { clipId, fileName, path, slices, isNarrow }] of clips.entries()) {
    const own = subProgress(progress, index / clips.length, (index + 1) / clips.length)
    sent.push({
      clipId,
      fileName,
      content: await contents.sendFile(path, own),
      ...(slices === undefined ? {} : { slices: slices.map((slice) => ({ ...slice })) }),
      ...(isNarrow === undefined ? {} : { isNarrow }),
    })
  }
  return { clips: sent, name, consent, licence, ...(owner === undefined ? {} : { owner }) }
}

/** Brings everything that a training takes to this machine, and says it in paths below a folder of its own. */
export async function fetchTraining(
  task: PortableTraining,
  folder: string,
  contents: ContentStore,
  progress: Progress,
): Promise<TrainRequest> {
  const learners: LearningSinger[] = []
  for (const [index, { clips, ...told }] of task.singers.entries()) {
    const own: LearningSinger['clips'][number][] = []
    for (const { content, clipId, ...rest } of clips) {
      // A digest of 64 digits, as the parser saw and the brand says.
      own.push({ ...rest, clipId: clipId as SourceId, path: await contents.fetchFile(content, progress) })
    }
    const place = { workFolder: join(folder, `${index}`), singerPath: join(folder, `${index}.singer`) }
    learners.push({ ...told, ...place, clips: own })
  }
  const { kind: _kind, singers: _singers, begun: _begun, ...asked } = task
  const [first, ...beside] = learners
  return { ...first, ...(beside.length === 0 ? {} : { beside }), ...asked }
}
