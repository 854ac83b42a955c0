import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { failure, FailureError } from '../../../../shared/base/errors.ts'
import { teacherNetworks, type VocoderNetwork } from '../../../../shared/contract/vocoders.ts'
import {
  LARGEST_VOCODER_FILE_BYTES,
  readVocoderFile,
  type VocoderCard,
  type VocoderFile,
} from '../../../../shared/formats/vocoder-file.ts'
import type { VocoderModelOf } from '../../../../shared/vocoder/vocoder-model.ts'
import { readWhole } from '../../../files/atomic-write.ts'
import { readModel } from '../../models/read-model.ts'

/** A trained vocoder that another learns from. */
export interface VocoderTeacher {
  readonly model: VocoderModelOf<'wavenet'>
  readonly card: VocoderCard
  /** Of its whole file: the student of another one is another training. */
  readonly digest: string
}

/** What was named as a teacher, as the person knows it. */
export interface NamedTeacher {
  readonly name: string
  readonly network: VocoderNetwork
}

/** Whether a kind has the teacher that it needs, and no other. Throws FailureError `request-invalid`. */
export function requireTeacher(network: VocoderNetwork, named: NamedTeacher | null): void {
  if (!isStudent(network)) {
    if (named === null) return
    throw invalid(
      `A vocoder of the kind ${network} learns from recordings alone: no teacher was expected, “${named.name}” is named.`,
      `Leave the teacher out, or choose a kind that has one: ${Object.keys(teacherNetworks).join(', ')}.`,
    )
  }
  const wanted = teacherNetworks[network]
  if (named === null)
    throw invalid(
      `A vocoder of the kind ${network} learns from a trained one of the kind ${wanted}, its teacher: one was expected, none is named.`,
      `Name one. There is none yet? Train one: understudy vocoder train FOLDER --name NAME --kind ${wanted}`,
    )
  if (named.network !== wanted)
    throw invalid(
      `“${named.name}” can’t teach a vocoder of the kind ${network}: one of the kind ${wanted} was expected, it is of the kind ${named.network}.`,
      `Name a vocoder of the kind ${wanted}.`,
    )
}

/**
 * The teacher of a student; null for a kind that learns from recordings alone. Throws FailureError as `requireTeacher`
 * does, `file-missing`, `checkpoint-invalid`.
 */
export function readTeacher(network: VocoderNetwork, path: string | undefined): VocoderTeacher | null {
  if (path === undefined) {
    requireTeacher(network, null)
    return null
  }
  const name = basename(path)
  const { model, card } = readNamed(path, name)
  requireTeacher(network, { name, network: model.network })
  if (model.network !== 'wavenet') return null
  return { model, card, digest: createHash('sha256').update(readWhole(path)).digest('hex') }
}

function readNamed(path: string, name: string): VocoderFile {
  try {
    const kind = { what: 'vocoder', largestBytes: LARGEST_VOCODER_FILE_BYTES, read: readVocoderFile }
    return readModel(path, kind)
  } catch (cause) {
    throw namingTeacher(name, cause)
  }
}

/** A file of another shape, or of other features, is refused by its reader, which does not know what it was for. */
export const namingTeacher = (name: string, cause: unknown): unknown =>
  cause instanceof FailureError
    ? new FailureError({ ...cause.failure, message: `“${name}” can’t teach: ${cause.failure.message}` })
    : cause

const isStudent = (network: VocoderNetwork): network is keyof typeof teacherNetworks => network in teacherNetworks

const invalid = (message: string, remedy: string): FailureError =>
  new FailureError(failure('request-invalid', message, remedy))
