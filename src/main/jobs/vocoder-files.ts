import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { VocoderId } from '../../shared/base/id.ts'
import type { TrainedVocoder } from '../../shared/contract/vocoders.ts'
import { LARGEST_VOCODER_FILE_BYTES, readVocoderFile, type VocoderFile } from '../../shared/formats/vocoder-file.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { rendererKind } from '../../shared/project/renderers.ts'
import type { ApplicationPaths } from '../paths.ts'

type Home = Pick<ApplicationPaths, 'homeFolder'>

const vocodersFolder = ({ homeFolder }: Home): string => join(homeFolder, 'vocoders')

/** Ids are letters and digits. */
export const vocoderPath = (vocoderId: VocoderId, home: Home): string =>
  join(vocodersFolder(home), `${vocoderId}.vocoder`)

/** Features, checkpoints and the curve. */
export const vocoderWorkFolder = (vocoderId: VocoderId, { homeFolder }: Home): string =>
  join(homeFolder, 'trainings', `vocoder-${vocoderId}`)

/** Every vocoder that can be read, by name; one that is broken is left out. */
export async function listVocoders(home: Home): Promise<readonly TrainedVocoder[]> {
  const names = await readdir(vocodersFolder(home)).catch(() => [])
  const found = await Promise.all(
    names.flatMap((name) => {
      const id = /^([0-9a-z]{1,80})\.vocoder$/.exec(name)?.[1]
      return id === undefined ? [] : [describeVocoder(id as VocoderId, home)] // of the shape that ids have
    }),
  )
  return found.filter((one) => one !== null).sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}

async function describeVocoder(id: VocoderId, home: Home): Promise<TrainedVocoder | null> {
  const file = await readVocoder(vocoderPath(id, home)).catch(() => null)
  if (file === null) return null
  const { software: _software, engine: _engine, ...card } = file.card
  return { id, ...card }
}

/** Reads a vocoder's file in full and with suspicion. Throws FailureError `file-missing`, `checkpoint-invalid`. */
async function readVocoder(path: string): Promise<VocoderFile> {
  const stats = await stat(path).catch(() => null)
  if (stats === null) throw new FailureError(failure('file-missing', `The vocoder ${path} is not there.`))
  if (stats.size > LARGEST_VOCODER_FILE_BYTES) {
    const message = `“${path}” has ${stats.size} bytes, more than any vocoder.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
  }
  const file = readVocoderFile(await readFile(path))
  if (file.ok) return file.value
  throw new FailureError(file.failure)
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
export async function discardVocoder(vocoderId: VocoderId, home: Home): Promise<void> {
  await rm(vocoderPath(vocoderId, home), { force: true })
  await rm(vocoderWorkFolder(vocoderId, home), { recursive: true, force: true })
}
