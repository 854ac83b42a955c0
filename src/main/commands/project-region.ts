import { randomInt } from 'node:crypto'
import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type RegionId, type TrackId } from '../../shared/base/id.ts'
import { createRandom, type Random } from '../../shared/base/random.ts'
import type { Performer } from '../../shared/contract/library.ts'
import { splitRegions } from '../../shared/project/edits/cuts.ts'
import { addRegion, newRegion } from '../../shared/project/edits/regions.ts'
import { addTrack, newPerformerTrack } from '../../shared/project/edits/tracks.ts'
import type { Project, Region, Source } from '../../shared/project/model.ts'
import { defaultPerformance, type EmotionRequest, type Transposition } from '../../shared/project/performance.ts'
import { performerOf, regionEnd } from '../../shared/project/queries.ts'
import { formatClock, samplesToSeconds, secondsToSamples } from '../../shared/units/time.ts'
import type { CommandContext } from './command-context.ts'
import { editProject } from './edit-project.ts'
import { findDomain } from './find-domain.ts'
import { findEmotion } from './find-emotion.ts'
import { findSinger } from './find-singer.ts'
import { readEmotion, readFraction, readSeconds, readSeed, readTransposition } from './options.ts'

interface RegionOptions {
  readonly source?: string
  readonly singer?: string
  readonly domain?: string
  readonly name?: string
  readonly from: number
  readonly duration?: number
  readonly at?: number
  readonly emotion: EmotionRequest
  readonly transpose: Transposition
  readonly strength: number
  readonly seed: number
}

export function addProjectRegionCommand(project: Command, context: CommandContext): void {
  project
    .command('add-region <project>')
    .description('let a singer sing or a domain play a span of a source, in place of the original there')
    .option('--source <name>', 'name or id of the source; may be left out when there is one')
    .option('--singer <name>', 'who sings; may be left out when the library has one singer')
    .option('--domain <name>', 'the domain of music that plays, in place of a singer')
    .option('--name <name>', 'what the region is called; else as the source')
    .option('--from <seconds>', 'where in the source it begins', readSeconds, 0)
    .option('--duration <seconds>', 'how long it is; else to the end of the source', readSeconds)
    .option('--at <seconds>', 'where on the timeline it stands; else where its original stands', readSeconds)
    .option('--emotion <name:amount>', 'an emotion and its intensity', readEmotion, {
      emotionId: 'neutral',
      intensity: 0,
    })
    .option('--transpose <auto|semitones>', 'key shift', readTransposition, { kind: 'auto' as const })
    .option('--strength <amount>', 'how much of the change, 0…1', readFraction, 1)
    .option('--seed <number>', 'same seed, same samples', readSeed, 1)
    .action((file: string, options: RegionOptions) =>
      context.withApplication(async (application) => {
        const { domain } = options
        const performer =
          domain === undefined ? await findSinger(application, options.singer) : await findDomain(application, domain)
        const emotion = await findEmotion(application, options.emotion)
        const random = createRandom(randomInt(2 ** 32))
        await editProject(application, file, async (document) => {
          const { project: changed, region } = perform(document, performer, { ...options, emotion }, random)
          const start = formatClock(samplesToSeconds(region.startSamples, document.rateHz))
          context.terminal.write(`${region.id}: ${region.name} at ${start} for ${performer.name}\n`)
          return changed
        })
      }),
    )
}

/** The document with a region more, on the performer's track; a copy of the original at the same place is replaced by it. */
function perform(document: Project, performer: Performer, options: RegionOptions, random: Random) {
  const source = findSource(document, options.source)
  const { track, project } = performerTrack(document, performer, random)
  const span = spanOf(document, source, options)
  const startSamples = options.at === undefined ? placeOf(document, source, span.from) : samplesAt(options.at, document)
  const cut = cutOut(project, source, span, startSamples, random)
  const region = newRegion({
    id: mintId<RegionId>(random),
    trackId: track,
    name: options.name ?? source.name,
    sourceId: source.id,
    sourceStartSamples: span.from,
    startSamples,
    durationSamples: span.count,
    performance: {
      ...defaultPerformance(performer.id),
      emotion: options.emotion,
      transposition: options.transpose,
      strength: options.strength,
      seed: options.seed,
    },
    replacesRegionId: cut.replaced?.id ?? null,
  })
  return { project: addRegion(cut.project, region), region }
}

const samplesAt = (seconds: number, { rateHz }: Project): number => secondsToSamples(seconds, rateHz)

function findSource({ sources }: Project, name: string | undefined): Source {
  const all = Object.values(sources)
  const found =
    name === undefined
      ? all.filter(() => all.length === 1)
      : all.filter((source) => source.id === name || source.name.toLowerCase() === name.toLowerCase())
  if (found.length > 0) return found[0]
  const names = all.map((source) => source.name).join(', ') || 'none; import some first'
  throw new FailureError(
    failure(
      'not-found',
      name === undefined ? 'It must be said which source.' : `There is no source “${name}”.`,
      `Sources: ${names}.`,
    ),
  )
}

interface Span {
  readonly from: number
  readonly count: number
}

function spanOf(document: Project, source: Source, options: RegionOptions): Span {
  const from = samplesAt(options.from, document)
  const rest = source.durationSamples - from
  const count = options.duration === undefined ? rest : Math.min(samplesAt(options.duration, document), rest)
  if (count > 0) return { from, count }
  const length = formatClock(samplesToSeconds(source.durationSamples, document.rateHz))
  throw new FailureError(
    failure('request-invalid', `The source “${source.name}” is ${length} long; nothing lies there.`),
  )
}

/** Where the source's sample stands on the timeline now; at the song's beginning when it stands nowhere. */
function placeOf({ regions }: Project, source: Source, from: number): number {
  const original = Object.values(regions).find((region) => region.sourceId === source.id && covers(region, from))
  return original === undefined ? 0 : original.startSamples + from - original.sourceStartSamples
}

const covers = (region: Region, sample: number): boolean =>
  sample >= region.sourceStartSamples && sample < region.sourceStartSamples + region.durationSamples

function performerTrack(document: Project, performer: Performer, random: Random) {
  const existing = document.tracks.find((track) => performerOf(track) === performer.id)
  if (existing) return { track: existing.id, project: document }
  const track = newPerformerTrack(mintId<TrackId>(random), performer)
  return { track: track.id, project: addTrack(document, track) }
}

/** Cuts the original at both ends of the span, so that exactly what is sung is replaced. */
function cutOut(project: Project, source: Source, span: Span, startSamples: number, random: Random) {
  const original = Object.values(project.regions).find(
    (region) =>
      region.performance === null &&
      region.sourceId === source.id &&
      region.startSamples - region.sourceStartSamples === startSamples - span.from &&
      region.startSamples <= startSamples &&
      regionEnd(region) >= startSamples + span.count,
  )
  if (original === undefined) return { project, replaced: undefined }
  const mint = () => mintId<RegionId>(random)
  let cut = project
  for (const at of [startSamples, startSamples + span.count]) {
    cut = splitRegions(
      cut,
      Object.values(cut.regions)
        .filter((region) => region.trackId === original.trackId)
        .map(({ id }) => id),
      at,
      mint,
    )
  }
  const replaced = Object.values(cut.regions).find(
    (region) =>
      region.trackId === original.trackId &&
      region.startSamples === startSamples &&
      regionEnd(region) === startSamples + span.count,
  )
  return { project: cut, replaced }
}
