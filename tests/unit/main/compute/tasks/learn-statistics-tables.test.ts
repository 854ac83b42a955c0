import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EmotionRequest } from '../../../../../src/main/compute/emotions/emotion-model.ts'
import { openEmotionModel, prepareEmotion } from '../../../../../src/main/compute/emotions/translators.ts'
import { trainEmotions } from '../../../../../src/main/compute/tasks/train-emotions.ts'
import { checkpointShelf } from '../../../../../src/main/compute/training/checkpoint-shelf.ts'
import { emotionModelFolder, readEmotions, writeEmotionManifest } from '../../../../../src/main/jobs/emotion-files.ts'
import { makeFolder } from '../../../../../src/main/files/atomic-write.ts'
import type { EmotionModelId, SourceId } from '../../../../../src/shared/base/id.ts'
import type { StatisticsTrainRequest } from '../../../../../src/shared/contract/emotions.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../../../support/sung-voice.ts'
import { contextOfTask } from '../../../../support/task-context.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'

/** What is called happy is the same sung higher: played faster by this. */
const RATIO = 1.25
const CLIP_SEC = 1.6
const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))
const modelId = 'tables' as EmotionModelId
const folder = emotionModelFolder(modelId, { homeFolder: home })

function writeClip(emotion: string, number: number, rateHz: number, sec = CLIP_SEC) {
  const samples = sungVoice('low').subarray(
    number * VOICE_RATE_HZ,
    (number + sec * (rateHz / VOICE_RATE_HZ)) * VOICE_RATE_HZ,
  )
  const fileName = `${emotion}-${number}.wav`
  const path = writeVoice(join(home, fileName), [samples], rateHz)
  return { clipId: fileName as SourceId, fileName, emotion, person: '', path }
}
let request: StatisticsTrainRequest
beforeAll(() => {
  makeFolder(folder)
  request = {
    method: 'statistics',
    clips: [
      ...[1, 2].map((number) => writeClip('happy', number, RATIO * VOICE_RATE_HZ)),
      ...[1, 2].map((number) => writeClip('neutral', number, VOICE_RATE_HZ)),
      writeClip('happy', 5, VOICE_RATE_HZ, 0.5),
    ],
    emotions: ['neutral', 'happy'],
    name: 'Own',
    licence: 'mine',
    trainedOn: 'a synthesizer',
    software: '',
    createdAtMs: 7,
    workFolder: join(home, 'work'),
    modelPath: join(folder, 'model.safetensors'),
  }
})

function cancelledAfter(breaths: number) {
  let taken = 0
  const progress = {
    report: () => {},
    get isCancelled() {
      return taken > breaths
    },
  }
  return contextOfTask({ progress, breathe: () => Promise.resolve(void taken++) })
}

test('paused or cancelled in the middle, tables leave nothing', async () => {
  expect(await trainEmotions(request, contextOfTask({ wish: 'pause' }))).toEqual({ kind: 'paused' })
  await expect(trainEmotions(request, cancelledAfter(1))).rejects.toThrow()
  expect([request.modelPath, request.workFolder].filter(existsSync)).toEqual([])
})

test('tables of one’s own clips are learned, told in their card, and performed as shipped ones are', async () => {
  const lines: string[] = []
  const end = await trainEmotions(request, contextOfTask({ log: (line) => void lines.push(line) }))
  expect(end).toMatchObject({
    kind: 'done',
    result: {
      kind: 'train-emotions',
      summary: { method: 'statistics', clipCount: 4, personCount: 1, emotions: ['happy'] },
    },
  })
  expect(lines).toEqual([expect.stringMatching(/left out, shorter than 1.2 s.*happy-5.wav/)])
  expect(checkpointShelf(request.workFolder, 'emotion').steps()).toEqual([1])
  const file = await readEmotions(request.modelPath)
  expect(file.card).toMatchObject({
    name: 'Own',
    translator: 'statistics',
    licence: 'mine',
    clipCount: 4,
    createdAtMs: 7,
  })

  await writeEmotionManifest(modelId, { homeFolder: home })
  const model = openEmotionModel(folder)
  expect(model.emotionIds).toEqual(['happy'])
  // Tables read nothing of what is asked beside the emotion's name.
  const happy = await prepareEmotion(model, 'happy', {} as EmotionRequest)
  const f0 = new Float64Array(200).fill(150)
  const move = happy.pitch(f0, { intensity: 1, isSung: false })
  expect(move?.[100]).toBeCloseTo(0.7 * Math.log2(RATIO), 1) // as far as speech is raised
  expect(happy.pitch(f0, { intensity: 0, isSung: false })).toBeNull()
  expect(happy.breath(f0, { intensity: 0, isSung: false })).toBeNull()
})

test('clips that all turn out too short are refused by name, and nothing is written', async () => {
  const modelPath = join(home, 'none.safetensors')
  const [first, , third] = request.clips
  const short = { ...request, modelPath, clips: [first, third, { ...request.clips[4], emotion: 'neutral' }] }
  await expect(trainEmotions(short, contextOfTask())).rejects.toThrow(
    /1 shorter than 1.2 s or hardly voiced: happy-5.wav/,
  )
  expect(existsSync(modelPath)).toBe(false)
})
