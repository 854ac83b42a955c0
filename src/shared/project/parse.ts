import * as z from 'zod'
import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import { HUE_COUNT } from './hues.ts'
import type { Project, Region } from './model.ts'
import { LAST_BAR, type TempoMap } from '../units/tempo.ts'
import { performanceSchema } from './performance-schema.ts'
import { PROJECT_VERSION, upgradeProject } from './upgrade.ts'

const id = z.string().regex(/^[0-9a-z]{1,80}$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const text = z.string().max(400)
/** Positions stay far below 2^53; a song longer than this many samples is not one. */
const samples = z
  .number()
  .int()
  .min(0)
  .max(2 ** 40)
const finite = z.number().refine(Number.isFinite)

const hueIndex = z
  .number()
  .int()
  .min(0)
  .max(HUE_COUNT - 1)
  .nullable()
const render = z.strictObject({
  key: hash,
  sourceStartSamples: samples,
  durationSamples: samples.min(1),
  performance: performanceSchema,
  singerDigest: z.string().max(1024),
  semitones: finite,
})
const takeNumber = z.number().int().min(1).max(100_000)
const trackCommon = {
  id,
  name: text,
  gainDb: finite.min(-120).max(24),
  pan: z.number().min(-1).max(1),
  isMuted: z.boolean(),
  isSoloed: z.boolean(),
  hueIndex,
}
const region = z.strictObject({
  id,
  trackId: id,
  name: text,
  sourceId: hash,
  sourceStartSamples: samples,
  startSamples: samples,
  durationSamples: samples.min(1),
  gainDb: finite.min(-120).max(24),
  fadeInSamples: samples,
  fadeOutSamples: samples,
  isMuted: z.boolean(),
  performance: performanceSchema.nullable(),
  render: render.nullable(),
  takes: z.array(z.strictObject({ number: takeNumber, render, isStarred: z.boolean().default(false) })).max(1000),
  comp: z.array(z.strictObject({ startSamples: samples, takeNumber })).max(10_000),
  heard: z.enum(['original', 'converted']),
  replacesRegionId: id.nullable(),
  hueIndex,
})
const MOST_CHANGES = 10_000
const bar = z.number().int().min(1).max(LAST_BAR)
const beatUnit = z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8), z.literal(16), z.literal(32)])
/**
 * Entries are judged one by one until `mostIssues` are found: a document of a million bad ones would take minutes and
 * gigabytes to be told of in full.
 */
const recordOf = <Value>(key: z.ZodType<string>, entry: z.ZodType<Value>, mostIssues: number) =>
  z.record(z.string(), z.unknown()).transform((entries, context) => {
    const read: Record<string, Value> = {}
    for (const [name, value] of Object.entries(entries)) {
      const [named, parsed] = [key.safeParse(name), entry.safeParse(value)]
      if (named.success && parsed.success) read[name] = parsed.data
      for (const issue of [...(named.error?.issues ?? []), ...(parsed.error?.issues ?? [])])
        context.issues.push({ ...issue, input: value, path: [name, ...issue.path] } as z.core.$ZodRawIssue) // found by the entry's schema
      if (context.issues.length > mostIssues) break
    }
    return read
  })

const projectWith = (mostIssues: number) =>
  z.strictObject({
    format: z.literal('understudy'),
    version: z.literal(PROJECT_VERSION),
    id,
    name: text,
    rateHz: z.number().int().min(8000).max(192_000),
    tempoMap: z.strictObject({
      tempos: z.array(z.strictObject({ bar, bpm: z.number().min(10).max(999), isRamp: z.boolean() })).max(MOST_CHANGES),
      meters: z
        .array(z.strictObject({ bar, beatsPerBar: z.number().int().min(1).max(64), beatUnit }))
        .max(MOST_CHANGES),
    }),
    sources: recordOf(
      hash,
      z.strictObject({
        id: hash,
        name: text,
        originalRateHz: z.number().int().min(1).max(1_000_000),
        channelCount: z.number().int().min(1).max(2),
        durationSamples: samples.min(1),
      }),
      mostIssues,
    ),
    tracks: z
      .array(
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('source'), ...trackCommon }),
          z.strictObject({ kind: z.literal('singer'), ...trackCommon, singerId: id }),
          z.strictObject({ kind: z.literal('instrument'), ...trackCommon, domainId: id }),
        ]),
      )
      .max(1000),
    regions: recordOf(id, region, mostIssues),
    loop: z.strictObject({ isOn: z.boolean(), startSamples: samples, endSamples: samples }),
    markers: z.array(z.strictObject({ id, name: text, atSamples: samples })).max(10_000),
  })
const SHOWN_COMPLAINTS = 10
const LONGEST_COMPLAINT = 300
const project = projectWith(SHOWN_COMPLAINTS)
/** Of a newer version every region may have fields that are not known. */
const newerProject = projectWith(50_000)

/** Turns what a file holds into a document, or says everything that is wrong with it (up to ten complaints). */
export function parseProject(unknown: unknown): Result<Project> {
  const version = versionOf(unknown)
  if (version !== null && version > PROJECT_VERSION) {
    return failed(
      failure(
        'project-newer',
        `The project has format version ${version}; this program reads up to version ${PROJECT_VERSION}.`,
        'Open it with a newer Understudy.',
      ),
    )
  }
  return checked(upgradeProject(unknown))
}

/**
 * What this program knows of a document of a newer version: fields that it does not know are left out. Refused where
 * what is left makes no document. For a copy that is looked at; the file itself must stay as it is.
 */
export function parseNewerProject(unknown: unknown): Result<Project> {
  if (typeof unknown !== 'object' || unknown === null) return refused(['it is no document'])
  const known = { ...unknown, version: PROJECT_VERSION }
  const copied = new Set<object>([known])
  for (const issue of newerProject.safeParse(known).error?.issues ?? [])
    if (issue.code === 'unrecognized_keys') leaveOut(known, issue.path, issue.keys, copied)
  return checked(known)
}

/** What is changed is copied first, once, and nothing below it: a document may be deeper than recursion goes. */
function leaveOut(document: object, path: readonly PropertyKey[], keys: readonly string[], copied: Set<object>): void {
  let holder = document
  for (const key of path) {
    let held: unknown = Reflect.get(holder, key)
    if (typeof held !== 'object' || held === null) return
    if (!copied.has(held)) {
      held = Array.isArray(held) ? [...(held as readonly unknown[])] : { ...held }
      copied.add(held as object) // an object or a list, by the lines above
      Reflect.set(holder, key, held)
    }
    holder = held as object
  }
  for (const key of keys) Reflect.deleteProperty(holder, key)
}

function checked(value: unknown): Result<Project> {
  const parsed = project.safeParse(value)
  if (!parsed.success) return refused(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const document = parsed.data as unknown as Project // the schema checked every field; only the brands of ids are added
  const complaints = inconsistencies(document)
  return complaints.length > 0 ? refused(complaints) : ok(document)
}

function versionOf(unknown: unknown): number | null {
  if (typeof unknown !== 'object' || unknown === null || !('version' in unknown)) return null
  return typeof unknown.version === 'number' ? unknown.version : null
}

/** What a schema can't say: that keys equal ids, and that everything referred to exists. */
function inconsistencies(document: Project): string[] {
  const trackIds = new Set<string>(document.tracks.map((track) => track.id))
  const complaints: string[] = []
  if (trackIds.size < document.tracks.length) complaints.push('tracks: two tracks have the same id')
  complaints.push(...mapComplaints(document.tempoMap))
  for (const [key, source] of Object.entries(document.sources)) {
    if (key !== source.id) complaints.push(`sources.${key}: holds the source ${source.id}`)
  }
  for (const [key, entry] of Object.entries(document.regions)) {
    if (key !== entry.id) complaints.push(`regions.${key}: holds the region ${entry.id}`)
    if (!trackIds.has(entry.trackId)) complaints.push(`regions.${key}: its track ${entry.trackId} does not exist`)
    complaints.push(...spanComplaints(document, entry), ...takeComplaints(entry))
  }
  return complaints
}

/** The first changes stand at bar 1, and each one comes after the one before. */
function mapComplaints(map: TempoMap): string[] {
  return (['tempos', 'meters'] as const).flatMap((list) => {
    const bars = map[list].map((change) => change.bar)
    if (bars[0] !== 1) return [`tempoMap.${list}: nothing stands at bar 1`]
    const late = bars.findIndex((bar, index) => index > 0 && bar <= bars[index - 1])
    return late < 0 ? [] : [`tempoMap.${list}.${late}: bar ${bars[late]} comes after bar ${bars[late - 1]}`]
  })
}

function spanComplaints(document: Project, region: Region): string[] {
  const source = document.sources[region.sourceId]
  if (!source) return [`regions.${region.id}: its source ${region.sourceId} does not exist`]
  const end = region.sourceStartSamples + region.durationSamples
  return end > source.durationSamples
    ? [`regions.${region.id}: ends at sample ${end} of a source of ${source.durationSamples} samples`]
    : []
}

function takeComplaints({ id, takes, comp }: Region): string[] {
  const numbers = new Set(takes.map((take) => take.number))
  const complaints = numbers.size < takes.length ? [`regions.${id}: two takes have the same number`] : []
  const lost = comp.find((span) => !numbers.has(span.takeNumber))
  if (lost) complaints.push(`regions.${id}: its take ${lost.takeNumber} does not exist`)
  return complaints
}

function refused(complaints: readonly string[]): Result<never> {
  const shown = complaints
    .slice(0, SHOWN_COMPLAINTS)
    .map((complaint) =>
      complaint.length > LONGEST_COMPLAINT ? `${complaint.slice(0, LONGEST_COMPLAINT)}…` : complaint,
    )
    .join('; ')
  const more = complaints.length > SHOWN_COMPLAINTS ? `; and ${complaints.length - SHOWN_COMPLAINTS} more` : ''
  return failed(
    failure(
      'project-invalid',
      `The project file does not hold what a project must: ${shown}${more}.`,
      'Open the copy beside it that ends in .bak, or an earlier save.',
    ),
  )
}
