import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import * as z from 'zod'
import { failure, FailureError } from '../../shared/base/errors.ts'

/** A person and their recordings, in an order that is the same everywhere. */
export interface Speaker {
  readonly name: string
  readonly files: readonly SpeakerFile[]
}

export interface SpeakerFile {
  readonly path: string
  /** What is said or sung, as far as the file's name tells: files with one sentence in common are readings of one text. */
  readonly sentence: string
}

const AUDIO = new Set(['.wav', '.wave', '.aif', '.aiff', '.flac', '.mp3', '.ogg', '.oga', '.opus', '.m4a', '.aac'])

/** An optional list of who speaks in which file, where folders do not tell. */
const manifestEntries = z.array(z.object({ file: z.string(), person: z.string(), kind: z.string().optional() }))
const NO_VOICE = 'instrument'

/**
 * Everybody in a folder: by `manifest.json` (an array of `{file, person}`) where there is one, else each folder that
 * holds audio files is a person. Throws FailureError when nobody is found.
 */
export function findSpeakers(folder: string): Speaker[] {
  const manifestPath = join(folder, 'manifest.json')
  const persons = existsSync(manifestPath) ? byManifest(folder, manifestPath) : byFolder(folder)
  const speakers = [...persons]
    .map(([name, paths]) => ({
      name,
      files: paths.sort().map((path) => ({ path, sentence: sentenceOf(path, name) })),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  if (speakers.length > 0) return speakers
  throw new FailureError(
    failure(
      'file-missing',
      `No recordings were found in ${folder}.`,
      'Expected a folder for each person, with audio files.',
    ),
  )
}

function byManifest(folder: string, manifestPath: string): Map<string, string[]> {
  const parsed = manifestEntries.safeParse(JSON.parse(readFileSync(manifestPath, 'utf8')))
  if (!parsed.success) return byFolder(folder)
  const persons = new Map<string, string[]>()
  for (const { file, person, kind } of parsed.data) {
    const path = join(folder, file)
    if (kind === NO_VOICE || !existsSync(path)) continue
    persons.set(person, [...(persons.get(person) ?? []), path])
  }
  return persons
}

function byFolder(folder: string): Map<string, string[]> {
  const persons = new Map<string, string[]>()
  const visit = (place: string): void => {
    for (const entry of readEntries(place)) {
      const path = join(place, entry.name)
      if (entry.isDirectory()) visit(path)
      else if (AUDIO.has(extname(entry.name).toLowerCase())) {
        const name = relative(folder, place) || basename(folder)
        persons.set(name, [...(persons.get(name) ?? []), path])
      }
    }
  }
  visit(folder)
  return persons
}

function readEntries(place: string) {
  try {
    return readdirSync(place, { withFileTypes: true })
  } catch (cause) {
    const details = cause instanceof Error ? cause.message : String(cause)
    throw new FailureError(failure('file-missing', `The folder ${place} can't be read.`, 'Check the path.', details))
  }
}

/** The file's name without the person's: "003" of "p225_003.wav"; the text code alone where letters follow it ("a01" of "03a01Fa"). */
export function sentenceOf(path: string, person: string): string {
  const name = basename(path, extname(path))
  const personName = basename(person)
  const shortName = personName.replace(/^.*[-_]/, '')
  const prefix = [personName, shortName].find((candidate) => candidate !== '' && name.startsWith(candidate))
  const rest = (prefix === undefined ? name : name.slice(prefix.length)).replace(/^[-_ .]+/, '')
  return /^[a-z]\d\d(?=[A-Z])/.exec(rest)?.[0] ?? rest
}
