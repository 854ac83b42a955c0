import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import * as z from 'zod'
import { failure, FailureError } from '../../shared/base/errors.ts'

/** A person and their recordings, in an order that is the same everywhere. */
export interface Speaker {
  readonly name: string
  /** 'M' or 'F' where a manifest tells. */
  readonly sex?: string
  readonly files: readonly SpeakerFile[]
}

export interface SpeakerFile {
  readonly path: string
  /** What is said or sung, as far as it is told: files with one sentence in common are readings of one text. */
  readonly sentence: string
  /** What and how: recordings of several persons with one key in common match best. */
  readonly reading: string
}

const AUDIO = new Set(['.wav', '.wave', '.aif', '.aiff', '.flac', '.mp3', '.ogg', '.oga', '.opus', '.m4a', '.aac'])

/** An optional list of who speaks in which file, where folders do not tell. */
const manifestEntries = z.array(
  z.object({
    file: z.string(),
    person: z.string(),
    kind: z.string().optional(),
    sex: z.string().optional(),
    text: z.string().optional(),
    text_code: z.string().optional(),
    emotion: z.string().optional(),
    intensity: z.string().optional(),
    repetition: z.number().optional(),
  }),
)
type ManifestEntry = z.infer<typeof manifestEntries>[number]
const NO_VOICE = 'instrument'
/** Links may lead in circles. */
const DEEPEST = 8

/**
 * Everybody in a folder: by `manifest.json` (an array of `{file, person}`, with text and manner where they are known)
 * where there is one, else each folder that holds audio files is a person. Throws FailureError when nobody is found.
 */
export function findSpeakers(folder: string): Speaker[] {
  const manifestPath = join(folder, 'manifest.json')
  const speakers = (existsSync(manifestPath) ? byManifest(folder, manifestPath) : null) ?? byFolder(folder)
  if (speakers.length > 0) return speakers.sort((a, b) => (a.name < b.name ? -1 : 1))
  throw new FailureError(
    failure(
      'file-missing',
      `No recordings were found in ${folder}.`,
      'Expected a folder for each person, with audio files.',
    ),
  )
}

/** People of one name in several folders are one person. */
export function mergeSpeakers(speakers: readonly Speaker[]): Speaker[] {
  const byName = Map.groupBy(speakers, ({ name }) => name)
  return [...byName.values()].map((same) => ({ ...same[0], files: same.flatMap(({ files }) => files) }))
}

/** Only recordings of a kind, such as "sung", and who has some; all where none is named. */
export const ofKind = (speakers: readonly Speaker[], kind: string): Speaker[] =>
  speakers
    .map((speaker) => ({ ...speaker, files: speaker.files.filter(({ sentence }) => sentence.startsWith(kind)) }))
    .filter(({ files }) => files.length > 0)

/** Null for a file that is no such list. */
function byManifest(folder: string, manifestPath: string): Speaker[] | null {
  const parsed = manifestEntries.safeParse(parseJson(readFileSync(manifestPath, 'utf8')))
  if (!parsed.success) return null
  const persons = new Map<string, { readonly sex: string | undefined; readonly files: SpeakerFile[] }>()
  for (const entry of parsed.data) {
    const path = join(folder, entry.file)
    if (entry.kind === NO_VOICE || !existsSync(path)) continue
    const person = persons.get(entry.person) ?? { sex: entry.sex, files: [] as SpeakerFile[] }
    person.files.push(fileOf(entry, path))
    persons.set(entry.person, person)
  }
  return [...persons].map(([name, { sex, files }]) => ({ name, ...(sex && { sex }), files: inOrder(files) }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a file of this name that is something else
  }
}

/** Without a text the file's name has to tell. */
function fileOf(entry: ManifestEntry, path: string): SpeakerFile {
  const text = entry.text ?? entry.text_code
  if (text === undefined) return namedFile(path, entry.person)
  const kind = entry.kind ?? ''
  const manner = [entry.emotion, entry.intensity, entry.repetition].map((part) => part ?? '').join(' ')
  return { path, sentence: `${kind} ${text}`.trim(), reading: `${kind} ${text} ${manner}`.trim() }
}

function namedFile(path: string, person: string): SpeakerFile {
  const sentence = sentenceOf(path, person)
  return { path, sentence, reading: sentence }
}

const inOrder = (files: readonly SpeakerFile[]): SpeakerFile[] => [...files].sort((a, b) => (a.path < b.path ? -1 : 1))

function byFolder(folder: string): Speaker[] {
  const persons = new Map<string, string[]>()
  const visit = (place: string, depth = 0): void => {
    for (const entry of readEntries(place)) {
      const path = join(place, entry.name)
      if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(path))) {
        if (depth < DEEPEST) visit(path, depth + 1)
      } else if (AUDIO.has(extname(entry.name).toLowerCase())) {
        const name = relative(folder, place) || basename(folder)
        persons.set(name, [...(persons.get(name) ?? []), path])
      }
    }
  }
  visit(folder)
  return [...persons].map(([name, paths]) => ({ name, files: inOrder(paths.map((path) => namedFile(path, name))) }))
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

function readEntries(place: string) {
  try {
    return readdirSync(place, { withFileTypes: true })
  } catch (cause) {
    const details = cause instanceof Error ? cause.message : String(cause)
    throw new FailureError(failure('file-missing', `The folder ${place} can't be read.`, 'Check the path.', details))
  }
}

/**
 * The file's name without the person's, in front or behind: "003" of "p225_003.wav" and of "003_p225.wav"; the text code
 * alone where letters follow it ("a01" of "03a01Fa").
 */
export function sentenceOf(path: string, person: string): string {
  const name = basename(path, extname(path))
  const personName = basename(person)
  const shortName = personName.replace(/^.*[-_]/, '')
  const candidates = [personName, shortName].filter((candidate) => candidate !== '')
  const prefix = candidates.find((candidate) => name.startsWith(candidate) && name !== candidate)
  const suffix = candidates.find((candidate) => new RegExp(`[-_ .]${escapeRegExp(candidate)}$`).test(name))
  const rest = prefix !== undefined ? name.slice(prefix.length) : name.slice(0, name.length - (suffix?.length ?? 0))
  const bare = rest.replace(/^[-_ .]+|[-_ .]+$/g, '')
  return /^[a-z]\d\d(?=[A-Z])/.exec(bare)?.[0] ?? bare
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
