import type { SourceId } from '../../shared/base/id.ts'
import { automaticSemitones } from '../../shared/conversion/automatic-transposition.ts'
import type { Project } from '../../shared/project/model.ts'
import { secondsPerNote, type PitchOutline } from '../../shared/project/pitch-outline.ts'
import { medianLog2F0, type NoteSeconds } from '../../shared/screening/note-coverage.ts'

/** What a song asks of a singer, as far as its sources were listened to. */
export interface AskedNotes {
  readonly notes: NoteSeconds
  /** By how much the conversion will move a stem; null where stems are moved differently, or nothing is known. */
  readonly semitones: number | null
  /** Stems whose notes are not known yet. */
  readonly unknownCount: number
}

/** The stems that a project sings: those that a region uses. */
export function stemsOf(project: Project): readonly { readonly id: SourceId; readonly name: string }[] {
  const used = new Set(Object.values(project.regions).map(({ sourceId }) => sourceId))
  return Object.values(project.sources).filter(({ id }) => used.has(id))
}

/**
 * Seconds per note that the regions hold, of all stems or one, where the conversion will put them for a singer of the
 * clips' register (whole octaves).
 */
export function askedNotes(
  project: Project,
  outlineOf: (sourceId: SourceId) => PitchOutline | undefined,
  clips: NoteSeconds,
  only: SourceId | null,
): AskedNotes {
  const notes = new Map<number, number>()
  const moves = new Set<number>()
  const unknown = new Set<SourceId>()
  const singer = { medianLog2F0: medianLog2F0(clips), isSung: true }
  for (const { sourceId, sourceStartSamples, durationSamples, isMuted } of Object.values(project.regions)) {
    if (isMuted || (only !== null && sourceId !== only)) continue
    const outline = outlineOf(sourceId)
    if (outline === undefined) {
      unknown.add(sourceId)
      continue
    }
    const semitones = automaticSemitones(outline, singer)
    moves.add(semitones)
    const startSec = sourceStartSamples / project.rateHz
    const span = { startSec, endSec: startSec + durationSamples / project.rateHz }
    for (const [note, sec] of secondsPerNote(outline, span))
      notes.set(note + semitones, (notes.get(note + semitones) ?? 0) + sec)
  }
  const [semitones = null] = moves.size === 1 ? moves : []
  return { notes, semitones, unknownCount: unknown.size }
}
