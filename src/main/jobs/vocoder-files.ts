import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { VocoderId } from '../../shared/base/id.ts'
import type { TrainedVocoder } from '../../shared/contract/vocoders.ts'
import { LARGEST_VOCODER_FILE_BYTES, readVocoderFile, type VocoderFile } from '../../shared/formats/vocoder-file.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { rendererKind } from '../../shared/project/renderers.ts'
import { discardModel, modelLibrary, modelWorkFolder, type Home } from './model-library.ts'

const library = modelLibrary<VocoderId, VocoderFile>(
  { what: 'vocoder', largestBytes: LARGEST_VOCODER_FILE_BYTES, read: readVocoderFile },
  ({ card }) => card.name,
)

export const vocoderPath = library.pathOf

/** Features, checkpoints and the curve. */
export const vocoderWorkFolder = (vocoderId: VocoderId, home: Home): string =>
  modelWorkFolder('vocoder', vocoderId, home)

/** Reads any vocoder's file. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export const readVocoder = library.read

/** Every vocoder that can be read, by name; one that is broken is left out. */
export const listVocoders = async (home: Home): Promise<readonly TrainedVocoder[]> =>
  (await library.list(home)).map(({ id, file }) => describeVocoder(id, file))

export function describeVocoder(id: VocoderId, { card, model: { network } }: VocoderFile): TrainedVocoder {
  const { software: _software, engine: _engine, ...told } = card
  return { id, network, ...told }
}

/** The person's own vocoder that renders a performance, with a digest of its weights; null for what comes with the program. */
export async function vocoderOf(
  { renderer }: Pick<Performance, 'renderer'>,
  home: Home,
): Promise<{ readonly path: string; readonly digest: string } | null> {
  const kind = rendererKind(renderer)
  if ('builtIn' in kind) return null
  const path = vocoderPath(kind.vocoderId, home)
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) {
    const message = `The vocoder of this performance (${kind.vocoderId}) is not in the library.`
    throw new FailureError(failure('not-found', message, 'Train it, or choose another renderer.'))
  }
  return { path, digest: createHash('sha256').update(bytes).digest('hex') }
}

/** Forgets a vocoder and what its training left. */
export const discardVocoder = (vocoderId: VocoderId, home: Home): Promise<void> =>
  discardModel(vocoderPath(vocoderId, home), vocoderWorkFolder(vocoderId, home))
