import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { VocoderId } from '../../shared/base/id.ts'
import type { VocoderTeacherAsked, VocoderTrainingAsked } from '../../shared/contract/vocoders.ts'
import { namingTeacher, requireTeacher } from '../compute/training/vocoder/vocoder-teacher.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { ApplicationPaths } from '../paths.ts'
import { givenFile, type GivenFile } from './given-files.ts'
import { readVocoder, vocoderPath, vocoderWorkFolder } from './vocoder-files.ts'

/** A student's teacher in the folder that its training works in. */
export const teacherPath = (studentId: VocoderId, paths: Pick<ApplicationPaths, 'homeFolder'>): string =>
  join(vocoderWorkFolder(studentId, paths), 'teacher.vocoder')

/**
 * Takes a copy of the teacher that a training names, so that it can go on whatever becomes of the file. Throws FailureError
 * as `requireTeacher` does, `file-missing`, `checkpoint-invalid`.
 */
export async function takeTeacher(
  { network, teacher }: Pick<VocoderTrainingAsked, 'network' | 'teacher'>,
  studentId: VocoderId,
  paths: ApplicationPaths,
): Promise<void> {
  if (teacher === undefined) return void requireTeacher(network, null)
  const given = fileOf(teacher, paths)
  const { model, card } = await readVocoder(given.path).catch((cause: unknown) => {
    throw namingTeacher(given.fileName, cause)
  })
  // One of the library is known by its own name.
  requireTeacher(network, { name: teacher.kind === 'vocoder' ? card.name : given.fileName, network: model.network })
  await writeWhole(teacherPath(studentId, paths), (passing) => copyFile(given.path, passing))
  await given.release()
}

function fileOf(teacher: VocoderTeacherAsked, paths: ApplicationPaths): GivenFile {
  if (teacher.kind !== 'vocoder') return givenFile(teacher, paths)
  const path = vocoderPath(teacher.vocoderId, paths)
  return { path, fileName: teacher.vocoderId, release: () => Promise.resolve() }
}
