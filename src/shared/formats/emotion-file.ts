import { ok, type Result } from '../base/result.ts'
import type { StatisticsModel } from '../conversion/emotions/statistics-model.ts'
import type { RelganModel } from '../conversion/emotions/relgan/relgan-model.ts'
import { emotionCardSchema, type EmotionCard, type RelganCard, type StatisticsCard } from './emotion-card.ts'
import { hasItsDigest, invalidModel, openModelFile, parseJson, type ModelFileKind } from './model-file.ts'
import { aligned, createTensorReader, digestOf, type TensorReader } from './model-tensors.ts'
import { relganContents } from './relgan-contents.ts'
import { writeSafetensors } from './safetensors.ts'
import { tableContents } from './table-contents.ts'

/** What an `.emotion` file holds: what a translator learned, with its card. */
export type EmotionFile =
  | { readonly translator: 'relgan'; readonly model: RelganModel; readonly card: RelganCard }
  | { readonly translator: 'statistics'; readonly model: StatisticsModel; readonly card: StatisticsCard }

export const LARGEST_EMOTION_FILE_BYTES = 160 << 20
export const EMOTION_FILE_FORMAT = 'understudy-emotion'
const kind: ModelFileKind = {
  format: EMOTION_FILE_FORMAT,
  version: '1',
  largestBytes: LARGEST_EMOTION_FILE_BYTES,
  what: 'emotion model',
}

/** The same model and card give the same bytes. */
export function writeEmotionFile(
  ...[model, card]: readonly [RelganModel, RelganCard] | readonly [StatisticsModel, StatisticsCard]
): Uint8Array {
  const { facts, tensors } = 'tables' in model ? tableContents.write(model) : relganContents.write(model)
  const ordered = aligned(tensors)
  const cardText = JSON.stringify(card)
  const modelText = JSON.stringify(facts)
  const digest = digestOf(ordered, [cardText, modelText])
  const { format, version } = kind
  const metadata = { format, version, digest, card: cardText, model: modelText }
  return writeSafetensors({ tensors: ordered, metadata })
}

/** Reads hostile bytes: refuses what is not whole, too large, not finite, of another shape or of another digest. */
export function readEmotionFile(bytes: Uint8Array): Result<EmotionFile> {
  const file = openModelFile(bytes, kind)
  if (!file.ok) return file
  const { tensors, metadata } = file.value
  const card = readCard(metadata['card'])
  if (card === null) return invalid('its card is not whole')

  const reader = createTensorReader(tensors)
  const read = readModel(card, parseJson(metadata['model']), reader)
  if (read === null) return invalid('its description of the model is not whole')
  if (reader.complaints.length > 0) return invalid(reader.complaints.slice(0, 8).join('; '))
  if (tensors.size !== read.tensorCount) return invalid('it holds more than a model')
  if (!hasItsDigest(file.value)) return invalid('its digest does not match its numbers')
  return ok(read.file)
}

function readModel(
  card: EmotionCard,
  facts: unknown,
  reader: TensorReader,
): { readonly file: EmotionFile; readonly tensorCount: number } | null {
  if (card.translator === 'relgan') {
    const read = relganContents.read(facts, reader)
    return read && { file: { translator: 'relgan', model: read.model, card }, tensorCount: read.tensorCount }
  }
  const read = tableContents.read(facts, reader)
  return read && { file: { translator: 'statistics', model: read.model, card }, tensorCount: read.tensorCount }
}

const readCard = (json: string | undefined) => emotionCardSchema.safeParse(parseJson(json)).data ?? null

const invalid = (why: string): Result<never> => invalidModel(kind.what, why)
