import type { MethodFigure, SingerProvenance } from '../project/singer-provenance.ts'
import type { NoteEase, NoteSpan, SingerRange, TriedNote } from '../project/singer-range.ts'

const MOST_NOTES = 128
const LONGEST_WORD = 200
const methods: readonly MethodFigure['method'][] = ['enroll', 'scratch', 'joint']
const MOST_SINGERS = 100
const eases: readonly NoteEase[] = ['comfortable', 'usable', 'poor']

/** Null where it is not whole. Nothing is taken over that isn't named here. */
export function parseProvenance(value: unknown): SingerProvenance | null {
  if (!isRecord(value)) return null
  const { software, engine, baseDigest, clipCount, clipsSec, steps } = value
  if (!isWord(software) || !isWord(engine)) return null
  if (baseDigest !== null && !(typeof baseDigest === 'string' && /^[0-9a-f]{64}$/.test(baseDigest))) return null
  if (!isWithin(clipCount, 0, 1e6) || !isWithin(clipsSec, 0, 1e7) || !isWithin(steps, 0, 1e9)) return null
  const way = parseWay(value)
  return way === null ? null : { software, engine, baseDigest, clipCount, clipsSec, steps, ...way }
}

type Way = Pick<SingerProvenance, 'method' | 'singerCount' | 'compared'>

/** How it was learned, as far as the card tells; null where what it tells is not whole. */
function parseWay({ method, singerCount, compared }: Record<string, unknown>): Way | null {
  const known = methods.find((one) => one === method)
  const figures = Array.isArray(compared) ? compared.map(parseFigure) : []
  if (method !== undefined && known === undefined) return null
  if (singerCount !== undefined && !isWithin(singerCount, 2, MOST_SINGERS)) return null
  if (compared !== undefined && (!Array.isArray(compared) || compared.length > methods.length)) return null
  if (figures.includes(null)) return null
  return {
    ...(known === undefined ? {} : { method: known }),
    ...(singerCount === undefined ? {} : { singerCount }),
    ...(compared === undefined ? {} : { compared: figures.filter((figure) => figure !== null) }),
  }
}

function parseFigure(value: unknown): MethodFigure | null {
  if (!isRecord(value)) return null
  const method = methods.find((one) => one === value['method'])
  const { errorDb } = value
  return method !== undefined && isWithin(errorDb, 0, 1000) ? { method, errorDb } : null
}

/** Null where it is not whole. */
export function parseSingerRange(value: unknown): SingerRange | null {
  if (!isRecord(value)) return null
  const { notes, comfortable, usable, isSung } = value
  if (!Array.isArray(notes) || notes.length > MOST_NOTES || typeof isSung !== 'boolean') return null
  const tried = notes.map(parseNote)
  const spans = [comfortable, usable].map((span) => (span === null ? { span: null } : parseSpan(span)))
  const [easy, possible] = spans
  if (tried.includes(null) || easy === null || possible === null) return null
  const whole = tried.filter((note) => note !== null)
  if (whole.some((note, index) => index > 0 && note.midi <= whole[index - 1].midi)) return null
  return { notes: whole, comfortable: easy.span, usable: possible.span, isSung }
}

function parseNote(value: unknown): TriedNote | null {
  if (!isRecord(value)) return null
  const { midi, pitchErrorCents, voicedFraction, distanceDb, roughness, ease } = value
  const known = eases.find((one) => one === ease)
  if (!isMidi(midi) || !isWithin(voicedFraction, 0, 1) || known === undefined) return null
  if (!isMeasured(pitchErrorCents) || !isMeasured(distanceDb) || !isMeasured(roughness)) return null
  return { midi, pitchErrorCents, voicedFraction, distanceDb, roughness, ease: known }
}

function parseSpan(value: unknown): { readonly span: NoteSpan } | null {
  if (!isRecord(value)) return null
  const { lowest, highest } = value
  return isMidi(lowest) && isMidi(highest) && lowest <= highest ? { span: { lowest, highest } } : null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isWithin = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && value >= low && value <= high
const isMidi = (value: unknown): value is number => isWithin(value, 0, 127)
const isMeasured = (value: unknown): value is number | null => value === null || isWithin(value, 0, 1e6)
const isWord = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_WORD
