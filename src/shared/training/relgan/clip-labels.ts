import { failure } from '../../base/errors.ts'
import { failed, ok, type Result } from '../../base/result.ts'

/** What a recording is, before it is heard. */
export interface LabeledFile {
  /** As given: relative to the data set's folder, with forward slashes. */
  readonly path: string
  readonly emotion: string
  /** Who speaks or sings; the empty name where nothing tells. */
  readonly person: string
}

/** A table of labels, as text. */
export interface LabelTable {
  readonly fileName: string
  readonly text: string
}

/** The Berlin database's letters: "03a01Fa" is speaker 03, text a01, emotion F, take a. */
const BERLIN_NAME = /^(\d\d)[ab]\d\d([A-Z])[a-z]?$/
const BERLIN_LETTERS: Readonly<Record<string, string>> = {
  N: 'neutral',
  F: 'happy',
  W: 'angry',
  T: 'sad',
  A: 'fearful',
  L: 'bored',
  E: 'disgusted',
}
/** RAVDESS: "03-01-05-02-01-02-12" is modality, channel, emotion, intensity, statement, repetition, actor. */
const RAVDESS_NAME = /^\d\d-\d\d-(\d\d)-\d\d-\d\d-\d\d-(\d\d)$/
const RAVDESS_EMOTIONS = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised'] as const
const EMOTION_NAME = /^[a-z][a-z0-9-]{0,30}$/

/**
 * Labels of a folder's recordings: from its table where it has one, from the names of files where all of them are of a
 * published kind, else from the folders they lie in: emotion, and below it a folder for each person, if there are any.
 */
export function readClipLabels(paths: readonly string[], table: LabelTable | null): Result<readonly LabeledFile[]> {
  if (paths.length === 0)
    return failed(failure('clips-too-few', 'There are no recordings in the folder.', 'Choose the folder of the clips.'))
  if (table !== null) return readTable(paths, table)
  const published = paths.map((path) => publishedLabel(path))
  if (published.every((label) => label !== null)) return ok(published)
  return readFolders(paths)
}

function publishedLabel(path: string): LabeledFile | null {
  const name = stem(path)
  const berlin = BERLIN_NAME.exec(name)
  if (berlin !== null) return labeled(path, BERLIN_LETTERS[berlin[2]], berlin[1])
  const ravdess = RAVDESS_NAME.exec(name)
  return ravdess === null ? null : labeled(path, RAVDESS_EMOTIONS[Number(ravdess[1]) - 1], `actor-${ravdess[2]}`)
}

const labeled = (path: string, emotion: string | undefined, person: string): LabeledFile | null =>
  emotion === undefined ? null : { path, emotion, person }

function readFolders(paths: readonly string[]): Result<readonly LabeledFile[]> {
  const labels: LabeledFile[] = []
  for (const path of paths) {
    const [emotion, ...rest] = path.split('/')
    if (rest.length === 0) {
      return invalid(
        `“${path}” lies in no emotion's folder, and its name says none.`,
        'Put it into a folder named by its emotion, or add a table with the columns file, emotion and person.',
      )
    }
    const name = emotionName(emotion)
    if (name === null) return invalid(`The folder “${emotion}” is not named by an emotion.`, NAME_REMEDY)
    labels.push({ path, emotion: name, person: rest.length > 1 ? rest[0] : '' })
  }
  return ok(labels)
}

function readTable(paths: readonly string[], { fileName, text }: LabelTable): Result<readonly LabeledFile[]> {
  const [header, ...rows] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(cells)
  const columns = header?.map((cell) => cell.toLowerCase()) ?? []
  const [file, emotion, person] = ['file', 'emotion', 'person'].map((column) => columns.indexOf(column))
  if (file < 0 || emotion < 0)
    return invalid(
      `The table “${fileName}” has the columns ${columns.join(', ') || 'of nothing'}.`,
      'Its first line must name the columns file and emotion, and person if it is known.',
    )
  const known = new Map(paths.map((path) => [path, path]))
  for (const path of paths) if (!known.has(base(path))) known.set(base(path), path)
  const labels: LabeledFile[] = []
  for (const [index, row] of rows.entries()) {
    const line = `Line ${index + 2} of “${fileName}”`
    const path = known.get((row[file] ?? '').replace(/\\/g, '/').replace(/^\.\//, ''))
    if (path === undefined)
      return invalid(`${line} names “${row[file] ?? ''}”, which is not in the folder.`, 'Correct the line.')
    const name = emotionName(row[emotion] ?? '')
    if (name === null) return invalid(`${line} has the emotion “${row[emotion] ?? ''}”.`, NAME_REMEDY)
    labels.push({ path, emotion: name, person: person < 0 ? '' : (row[person] ?? '') })
  }
  return ok(labels)
}

const NAME_REMEDY = 'Name it by an emotion in letters, such as angry.'

function emotionName(text: string): string | null {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
  return EMOTION_NAME.test(name) ? name : null
}

/** Cells of a line, apart by commas or semicolons; a quoted cell may hold them, and doubled quotes. */
function cells(line: string): string[] {
  const found = line.match(/("([^"]|"")*"|[^,;]*)([,;]|$)/g) ?? []
  const parts = found.map((part) => part.replace(/[,;]$/, '').trim())
  if (!/[,;]$/.test(line)) parts.pop()
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replace(/""/g, '"') : part))
}

const base = (path: string): string => path.split('/').at(-1) ?? path
const stem = (path: string): string => base(path).replace(/\.[^.]*$/, '')
const invalid = (message: string, remedy: string): Result<never> => failed(failure('request-invalid', message, remedy))
